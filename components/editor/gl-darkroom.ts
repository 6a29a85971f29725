import type { PhotoEdit } from "@/lib/media/edit/types";
import { type Size, toSource } from "@/lib/media/edit/geometry";
import { bakeLut, LUT_SIDE } from "@/lib/media/edit/lut";
import { FRAGMENT_SHADER, VERTEX_SHADER } from "@/lib/media/edit/shader";
import type { Darkroom } from "./darkroom";
import type { Picture } from "./picture";

const COARSE_SIDE = 17;
/** What is kept on the graphics card. */
const MOST_PICTURES = 6;
const MOST_TABLES = 24;

/** Develops with WebGL2: the picture, the table of colours as a 3D texture, and the formulas of the server in a shader. */
export class GlDarkroom implements Darkroom {
  readonly kind = "gl";
  private readonly pictures = new Map<HTMLCanvasElement, WebGLTexture>();
  private readonly tables = new Map<string, WebGLTexture>();
  private readonly places: Record<string, WebGLUniformLocation | null>;

  private constructor(private readonly canvas: HTMLCanvasElement, private readonly gl: WebGL2RenderingContext, private readonly program: WebGLProgram) {
    gl.useProgram(program);
    this.places = Object.fromEntries(["picture", "table", "mapX", "mapY", "size", "vignette", "sharpen", "grain", "side"].map((name) => [name, gl.getUniformLocation(program, name)]));
    gl.uniform1i(this.places.picture!, 0);
    gl.uniform1i(this.places.table!, 1);
  }

  /** null where there is no WebGL2. */
  static open(): GlDarkroom | null {
    const canvas = document.createElement("canvas");
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, stencil: false });
    const program = gl && link(gl);
    return gl && program ? new GlDarkroom(canvas, gl, program) : null;
  }

  get isLost(): boolean {
    return this.gl.isContextLost();
  }

  draw(picture: Picture, edit: PhotoEdit, size: Size, isCoarse: boolean): HTMLCanvasElement {
    const { gl, canvas, places } = this;
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, { width: size.width, height: size.height });
    if ("drawingBufferColorSpace" in gl) gl.drawingBufferColorSpace = picture.gamut;
    gl.viewport(0, 0, size.width, size.height);
    const side = isCoarse ? COARSE_SIDE : LUT_SIDE;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.pictureTexture(picture));
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_3D, this.tableTexture(edit, side));
    const [a, b, c, d, e, f] = toSource(picture.natural, edit.geometry);
    gl.uniform3f(places.mapX!, a, b, c);
    gl.uniform3f(places.mapY!, d, e, f);
    gl.uniform2f(places.size!, size.width, size.height);
    gl.uniform1f(places.side!, side);
    for (const name of ["vignette", "sharpen", "grain"] as const) gl.uniform1f(places[name]!, edit.adjust[name]);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return canvas;
  }

  private pictureTexture({ canvas: source, gamut }: Picture): WebGLTexture {
    return this.kept(this.pictures, source, MOST_PICTURES, this.gl.TEXTURE_2D, () => {
      const { gl } = this;
      if ("unpackColorSpace" in gl) gl.unpackColorSpace = gamut;
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
    });
  }

  private tableTexture(edit: PhotoEdit, side: number): WebGLTexture {
    const { vignette: _v, sharpen: _s, grain: _g, ...adjust } = edit.adjust;
    return this.kept(this.tables, JSON.stringify([side, edit.filter, adjust]), MOST_TABLES, this.gl.TEXTURE_3D, () => {
      const { gl } = this;
      gl.texImage3D(gl.TEXTURE_3D, 0, gl.RGBA16F, side, side, side, 0, gl.RGBA, gl.FLOAT, bakeLut(edit, side));
    });
  }

  /** A texture that is there already, or a new one in place of the oldest. */
  private kept<K>(all: Map<K, WebGLTexture>, key: K, most: number, target: number, fill: () => void): WebGLTexture {
    const { gl } = this;
    const known = all.get(key);
    if (known) {
      all.delete(key);
      all.set(key, known);
      return known;
    }
    if (all.size >= most) {
      const [oldest, texture] = all.entries().next().value!;
      gl.deleteTexture(texture);
      all.delete(oldest);
    }
    const made = gl.createTexture();
    gl.bindTexture(target, made);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(target, name, gl.LINEAR);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R]) gl.texParameteri(target, name, gl.CLAMP_TO_EDGE);
    fill();
    all.set(key, made);
    return made;
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX_SHADER], [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

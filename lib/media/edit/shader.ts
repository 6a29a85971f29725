import { GRAIN_GAIN, GRAINS, SHARPEN_GAIN, SHARPEN_SIDE, VIGNETTE_FROM, VIGNETTE_GAIN, VIGNETTE_TO } from "./effects";
import { LUMA } from "./tone";

const float = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

export const VERTEX_SHADER = `#version 300 es
out vec2 at;
void main() {
  // One triangle that covers the whole frame; y from the top, as everywhere else here.
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  at = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

/** `develop.ts` and `resample.ts` in GLSL: the same formulas in the same order. */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler3D;
in vec2 at;
out vec4 colour;
uniform sampler2D picture;
uniform sampler3D table;
uniform vec3 mapX;
uniform vec3 mapY;
// Pixels of the result that is shown.
uniform vec2 size;
uniform float vignette;
uniform float sharpen;
uniform float grain;
// Points along each side of the table.
uniform float side;

const vec3 LUMA = vec3(${LUMA.map(float).join(", ")});

vec4 look(vec2 p) {
  return texture(picture, vec2(dot(mapX, vec3(p, 1.0)), dot(mapY, vec3(p, 1.0))));
}

float tone(vec2 p) {
  return dot(look(clamp(p, 0.5 / size, 1.0 - 0.5 / size)).rgb, LUMA);
}

float surroundings(vec2 p) {
  vec2 d = vec2(max(size.x, size.y) / ${float(SHARPEN_SIDE)}) / size;
  float corners = tone(p - d) + tone(p + d) + tone(p + vec2(d.x, -d.y)) + tone(p + vec2(-d.x, d.y));
  float sides = tone(p - vec2(d.x, 0.0)) + tone(p + vec2(d.x, 0.0)) + tone(p - vec2(0.0, d.y)) + tone(p + vec2(0.0, d.y));
  return (corners + 2.0 * sides + 4.0 * tone(p)) / 16.0;
}

float hash(ivec2 cell) {
  uint h = uint(cell.x) * 0x9e3779b1u ^ uint(cell.y) * 0x85ebca77u;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return float((h ^ (h >> 15)) >> 8) / 16777216.0;
}

float noise(vec2 p) {
  ivec2 cell = ivec2(floor(p));
  vec2 f = fract(p);
  vec2 s = f * f * (3.0 - 2.0 * f);
  float top = mix(hash(cell), hash(cell + ivec2(1, 0)), s.x);
  float bottom = mix(hash(cell + ivec2(0, 1)), hash(cell + ivec2(1, 1)), s.x);
  return 2.0 * mix(top, bottom, s.y) - 1.0;
}

void main() {
  vec4 pixel = look(at);
  vec3 rgb = pixel.rgb;
  if (sharpen > 0.0) rgb = clamp(rgb + ${float(SHARPEN_GAIN)} * sharpen * (dot(rgb, LUMA) - surroundings(at)), 0.0, 1.0);
  rgb = texture(table, (rgb * (side - 1.0) + 0.5) / side).rgb;
  if (vignette > 0.0) {
    vec2 away = at - 0.5;
    rgb *= 1.0 - ${float(VIGNETTE_GAIN)} * vignette * smoothstep(${float(VIGNETTE_FROM)}, ${float(VIGNETTE_TO)}, sqrt(2.0 * dot(away, away)));
  }
  if (grain > 0.0) {
    float shade = dot(rgb, LUMA);
    float across = max(size.x, size.y);
    rgb += ${float(GRAIN_GAIN)} * grain * min(1.0, across / ${float(GRAINS)}) * noise(at * size * (${float(GRAINS)} / across)) * (0.35 + 2.6 * shade * (1.0 - shade));
  }
  // Over white, as it will be served in JPEG.
  colour = vec4(mix(vec3(1.0), clamp(rgb, 0.0, 1.0), pixel.a), 1.0);
}`;

// The scene of the landing and log-in pages: a low sun over water, whose glitter spells the name in Morse code, a letter in
// each row, as a heliograph would send it. Decoration; fills its positioned parent. Colours are tokens (globals.css).

const MORSE = ["....", ".", ".-..", "..", "---", "--.", ".-.", ".-", ".--.", "...."];
const HORIZON = 560;

type Glint = { x: number; y: number; width: number; height: number };

/** Lays out one row of glitter: a dot is one unit, a dash three, with a gap of one; rows grow as they come nearer. */
function row(code: string, index: number): Glint[] {
  const near = index / (MORSE.length - 1);
  const unit = 13 + 17 * near;
  const height = 5 + 8 * near;
  const y = HORIZON + 26 + index * 26 + index * index * 1.7;
  const lengths = [...code].map((sign) => (sign === "." ? unit : unit * 3));
  const total = lengths.reduce((sum, length) => sum + length, 0) + unit * (code.length - 1);
  let x = 600 - total / 2;
  return lengths.map((width) => {
    const glint = { x, y, width, height };
    x += width + unit;
    return glint;
  });
}

const glitter = MORSE.flatMap(row);

export function SunField() {
  return (
    <svg viewBox="0 0 1200 1000" preserveAspectRatio="xMidYMid slice" aria-hidden="true" className="absolute inset-0 size-full">
      <defs>
        <linearGradient id="sky" x2="0" y2="1"><stop stopColor="var(--sky-high)" /><stop offset="1" stopColor="var(--sky-low)" /></linearGradient>
        <linearGradient id="water" x2="0" y2="1"><stop stopColor="var(--water-far)" /><stop offset="1" stopColor="var(--water-near)" /></linearGradient>
      </defs>
      <rect width="1200" height={HORIZON} fill="url(#sky)" />
      <g fill="var(--sun)">
        <circle cx="600" cy="470" r="330" opacity="0.1" />
        <circle cx="600" cy="470" r="245" opacity="0.16" />
        <circle cx="600" cy="470" r="165" />
      </g>
      <path d="M0 470c90-26 150-70 232-64 70 5 96 60 168 78 66 17 120 34 200 76H0zM1200 440c-70-10-128-58-206-42-74 15-92 78-166 104-62 22-118 30-188 58h560z" fill="var(--ridge-far)" />
      <path d="M0 512c76 2 130-34 210-22 84 13 120 52 240 70H0zM1200 500c-92-4-140-20-226 6-66 20-104 40-194 54h420z" fill="var(--ridge-near)" />
      <rect y={HORIZON} width="1200" height={1000 - HORIZON} fill="url(#water)" />
      <g fill="var(--glint)">
        {glitter.map(({ x, y, width, height }) => (
          <rect key={`${x},${y}`} x={x.toFixed(1)} y={y.toFixed(1)} width={width.toFixed(1)} height={height.toFixed(1)} rx={(height / 2).toFixed(1)} />
        ))}
      </g>
    </svg>
  );
}

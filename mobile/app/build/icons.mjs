import { encodePng } from './png.mjs';

const INK = [0xee, 0xf2, 0xf6];
const GROUND = [0x0a, 0x0d, 0x12];
const BEAT = [0x22, 0xc5, 0xbe];

/** The mark: a pulse that ends higher than it began, on a unit square. */
const LINE = [
  [0.14, 0.63],
  [0.31, 0.63],
  [0.4, 0.42],
  [0.51, 0.76],
  [0.63, 0.3],
  [0.7, 0.44],
  [0.84, 0.44],
];
const HALF_STROKE = 0.036;
const DOT_RADIUS = 0.062;

/**
 * Every icon of the app, drawn here so that no picture file has to be trusted or kept in step.
 *
 * @returns {readonly { name: string, bytes: Buffer }[]}
 */
export function iconFiles() {
  return [
    { name: 'icon-192.png', bytes: draw(192, { corner: 0.22, scale: 1 }) },
    { name: 'icon-512.png', bytes: draw(512, { corner: 0.22, scale: 1 }) },
    // A launcher may cut a maskable icon to the centre 80 %: full-bleed ground, smaller mark.
    { name: 'maskable-512.png', bytes: draw(512, { corner: 0, scale: 0.78 }) },
    // iOS paints transparency black: the touch icon is opaque to its edges.
    { name: 'apple-touch-180.png', bytes: draw(180, { corner: 0, scale: 0.92 }) },
    { name: 'badge-96.png', bytes: draw(96, { corner: 0, scale: 1.16, monochrome: true }) },
    { name: 'icon.svg', bytes: Buffer.from(vector()) },
  ];
}

function draw(size, { corner, scale, monochrome = false }) {
  const [endX, endY] = LINE[LINE.length - 1];
  return encodePng(size, (column, row) => {
    const x = ((column + 0.5) / size - 0.5) / scale + 0.5;
    const y = ((row + 0.5) / size - 0.5) / scale + 0.5;
    const dot = coverage(Math.hypot(x - endX, y - endY) - DOT_RADIUS, size * scale);
    const line = coverage(distanceToLine(x, y) - HALF_STROKE, size * scale);
    if (monochrome) return [255, 255, 255, Math.round(255 * Math.max(dot, line))];
    const ground = corner === 0 ? 1 : coverage(roundedSquare((column + 0.5) / size, (row + 0.5) / size, corner), size);
    const inked = mix(mix(GROUND, INK, line), BEAT, dot);
    return [inked[0], inked[1], inked[2], Math.round(255 * ground)];
  });
}

/** Share of a pixel inside a shape whose signed distance from the pixel's centre is `distance` (unit square): antialiasing. */
function coverage(distance, size) {
  return Math.min(1, Math.max(0, 0.5 - distance * size));
}

function mix(under, over, share) {
  return under.map((channel, index) => Math.round(channel + (over[index] - channel) * share));
}

function distanceToLine(x, y) {
  let nearest = Infinity;
  for (let index = 1; index < LINE.length; index++) {
    const [ax, ay] = LINE[index - 1];
    const [bx, by] = LINE[index];
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    const at = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay)));
  }
  return nearest;
}

function roundedSquare(x, y, corner) {
  const dx = Math.abs(x - 0.5) - (0.5 - corner);
  const dy = Math.abs(y - 0.5) - (0.5 - corner);
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner;
}

function vector() {
  const hex = (colour) => `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  const points = LINE.map(([x, y]) => `${round(x * 64)},${round(y * 64)}`).join(' ');
  const [endX, endY] = LINE[LINE.length - 1];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${hex(GROUND)}"/>` +
    `<polyline points="${points}" fill="none" stroke="${hex(INK)}" stroke-width="${round(HALF_STROKE * 128)}" stroke-linecap="round" stroke-linejoin="round"/>` +
    `<circle cx="${round(endX * 64)}" cy="${round(endY * 64)}" r="${round(DOT_RADIUS * 64)}" fill="${hex(BEAT)}"/></svg>\n`
  );
}

function round(value) {
  return Number(value.toFixed(2));
}

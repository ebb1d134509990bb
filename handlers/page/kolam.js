// The ring around the talk button: two lines that wind around a circle of dots, as in a kolam.
// While somebody speaks, each gap opens as wide as one recent moment was loud.

const GAPS = 20;
const STEPS = 8; // points of a line per gap
const RADIUS = 87;
const REST = 7; // half width of a gap in silence
const SWING = 19; // and how much it opens at full level
const SVG = "http://www.w3.org/2000/svg";

export class Kolam {
  #levels = new Array(GAPS).fill(0);

  constructor(svg) {
    this.lines = [1, -1].map((side) => ({ side, path: svg.appendChild(document.createElementNS(SVG, "path")) }));
    for (let gap = 0; gap < GAPS; gap++) svg.append(dot(gap));
    this.#draw();
  }

  /** Shows a level from 0 to 1; earlier ones move on around the ring, both ways from the top. */
  push(level) {
    const smooth = this.#levels[0] * 0.5 + level * 0.5;
    const half = [smooth, ...this.#levels.slice(0, GAPS / 2)];
    this.#levels = Array.from({ length: GAPS }, (_, gap) => half[Math.min(gap, GAPS - gap)]);
    this.#draw();
  }

  /** Back to rest. */
  rest() {
    this.#levels.fill(0);
    this.#draw();
  }

  #draw() {
    for (const { side, path } of this.lines) path.setAttribute("d", this.#line(side));
  }

  #line(side) {
    const points = Array.from({ length: GAPS * STEPS }, (_, step) => this.#point(step, side));
    return `M${points.join("L")}Z`;
  }

  #point(step, side) {
    const gap = Math.round(step / STEPS) % GAPS;
    const swing = (REST + SWING * this.#levels[gap]) * Math.cos((Math.PI * step) / STEPS);
    return at((step / STEPS) * (360 / GAPS), RADIUS + side * swing).map((part) => part.toFixed(1));
  }
}

function dot(gap) {
  const circle = document.createElementNS(SVG, "circle");
  const [x, y] = at(gap * (360 / GAPS), RADIUS);
  Object.entries({ cx: x, cy: y, r: 2.2 }).forEach(([name, value]) => circle.setAttribute(name, value));
  return circle;
}

// A point by its clockwise angle from the top, in degrees, and its distance from the centre.
function at(degrees, distance) {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle) * distance, -Math.cos(angle) * distance];
}

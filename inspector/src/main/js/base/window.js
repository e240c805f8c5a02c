/** The part of a run's time that is shown. It is in the address in thousandths of the whole, so that a link shows the same part. */
const ALL = 1000;
const LEAST = 2;

/** The part that an address names; all of it if it names none. */
export function read(text) {
  const [from, until] = String(text || '').split('-').map(Number);
  return from >= 0 && until <= ALL && until - from >= LEAST ? { from, until } : { from: 0, until: ALL };
}

export const isAll = ({ from, until }) => from === 0 && until === ALL;

/** As it stands in an address; undefined for all of it. */
export const write = (part) => (isAll(part) ? undefined : `${part.from}-${part.until}`);

/** A part of the same middle, larger or smaller by a factor. */
export function zoomed({ from, until }, factor) {
  const size = Math.round(Math.min(ALL, Math.max(LEAST, (until - from) * factor)));
  return at((from + until) / 2 - size / 2, size);
}

/** The part before or behind, by a share of its size. */
export const moved = ({ from, until }, share) => at(from + (until - from) * share, until - from);

/** The part between two places, which are shares of the whole. */
export function between(a, b) {
  const from = Math.max(0, Math.round(Math.min(a, b) * ALL));
  const until = Math.min(ALL, Math.round(Math.max(a, b) * ALL));
  return at(from, Math.max(LEAST, until - from));
}

function at(from, size) {
  const begin = Math.round(Math.min(ALL - size, Math.max(0, from)));
  return { from: begin, until: begin + size };
}

/** The moments between which a part of a scale lies. */
export function scaled({ begin, end }, { from, until }) {
  const all = end - begin;
  return { begin: begin + (all * from) / ALL, end: begin + (all * until) / ALL };
}

/** Some five places on a scale, at round distances from its run's beginning. */
export function ticks({ begin, end }, origin) {
  const all = end - begin;
  const rough = Math.max(all / 5, 0.001);
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let i = Math.ceil((begin - origin) / distance); origin + i * distance <= end && found.length < 12; i++) {
    found.push({ at: i * distance, share: (origin + i * distance - begin) / all });
  }
  return found;
}

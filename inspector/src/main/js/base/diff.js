/** How two JSON values differ: a list of places, each with what was there before and after. */
export function difference(before, after, limit = 500) {
  const found = [];
  compare(before, after, [], found, limit);
  return found;
}

function compare(a, b, path, found, limit) {
  if (found.length >= limit || same(a, b)) {
    return;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    lists(a, b, path, found, limit);
  } else if (isObject(a) && isObject(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    names.forEach((name) => member(a, b, name, path, found, limit));
  } else {
    found.push({ path, kind: 'changed', before: a, after: b });
  }
}

function member(a, b, name, path, found, limit) {
  const place = [...path, name];
  if (!Object.hasOwn(a, name)) {
    found.push({ path: place, kind: 'added', after: b[name] });
  } else if (!Object.hasOwn(b, name)) {
    found.push({ path: place, kind: 'removed', before: a[name] });
  } else {
    compare(a[name], b[name], place, found, limit);
  }
}

/** What is equal at both ends is left out, so that an element that was put in is one difference. */
function lists(a, b, path, found, limit) {
  let start = 0;
  while (start < a.length && start < b.length && same(a[start], b[start])) {
    start++;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && same(a[a.length - 1 - end], b[b.length - 1 - end])) {
    end++;
  }
  const oldPart = a.length - end;
  const newPart = b.length - end;
  for (let i = start; i < Math.max(oldPart, newPart) && found.length < limit; i++) {
    const place = [...path, i];
    if (i >= oldPart) {
      found.push({ path: place, kind: 'added', after: b[i] });
    } else if (i >= newPart) {
      found.push({ path: place, kind: 'removed', before: a[i] });
    } else {
      compare(a[i], b[i], place, found, limit);
    }
  }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

export function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

export const place = (path) => path.map((part, i) => (typeof part === 'number' ? `[${part}]` : (i ? '.' : '') + part)).join('') || '(the whole value)';

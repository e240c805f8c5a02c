import { useEffect, useState } from 'preact/hooks';

/** Addresses stand behind the #, so that each thread, step and checkpoint has a link and the server needs no routes for them. */
export function parse(hash) {
  const [path, search] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decode);
  return { parts, query: Object.fromEntries(new URLSearchParams(search || '')) };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place: its parts, and what is chosen there. */
export function to(parts, query = {}) {
  const all = new URLSearchParams();
  Object.entries(query).forEach(([name, value]) => value !== undefined && value !== null && value !== '' && all.set(name, value));
  const search = all.toString();
  return '#/' + parts.map(encodeURIComponent).join('/') + (search ? '?' + search : '');
}

export function go(address, replace = false) {
  if (replace) {
    history.replaceState(null, '', address);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = address;
  }
}

/** Tells later whether the person is still at this place: an answer that comes late leads nobody back to it. */
export function here() {
  const place = location.hash;
  return () => location.hash === place;
}

export function useRoute() {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const changed = () => setRoute(parse(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

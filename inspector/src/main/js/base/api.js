/** Requests to the server that this page is from. Credentials stay in memory, or in this tab if the person wishes so. */
const BASE = new URL('../', document.baseURI).pathname.replace(/\/$/, '');
const KEPT = 'clew.credentials';
const TYPE = { 'Content-Type': 'application/json' };

let credentials = read();
const asking = new Set();

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

export function login(header, value, keep) {
  credentials = value ? { header, value } : null;
  if (keep && credentials) {
    sessionStorage.setItem(KEPT, JSON.stringify(credentials));
  } else {
    sessionStorage.removeItem(KEPT);
  }
}

export const hasCredentials = () => credentials !== null;

/** Calls a function whenever the server asks who this is. */
export function onAsked(listener) {
  asking.add(listener);
  return () => asking.delete(listener);
}

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message || `the server answers ${status}`);
    this.status = status;
    this.pending = body?.pending;
  }
}

const PLAIN = /^[A-Za-z0-9:_-][A-Za-z0-9._:-]*$/;

/** An id as a segment of a path: web servers refuse some characters there. */
export function segment(id) {
  if (PLAIN.test(id)) {
    return id;
  }
  const bytes = new TextEncoder().encode(id);
  let text = '';
  bytes.forEach((b) => (text += String.fromCharCode(b)));
  return '~' + btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export function query(parameters) {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) {
      all.append(name, value);
    }
  }
  const text = all.toString();
  return text ? '?' + text : '';
}

function headers(more) {
  return credentials ? { ...more, [credentials.header]: credentials.value } : more;
}

/** The largest whole number below which a page has all of them. */
const MOST = Number.MAX_SAFE_INTEGER;

/** Whether a page has a value as it was read, and would send the same: larger whole numbers become others. */
export const isKept = (value) => (typeof value === 'number' ? !Number.isInteger(value) || Number.isSafeInteger(value) : value === null || typeof value !== 'object' || Object.values(value).every(isKept));

function written(body) {
  if (!isKept(body)) {
    throw new Error(`A whole number beyond ${MOST} would be changed by this page, so nothing was sent. Send it by the API.`);
  }
  return JSON.stringify(body);
}

async function call(method, path, body, signal, more) {
  const text = body === undefined ? undefined : written(body);
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method,
      signal,
      headers: headers(body === undefined ? {} : { ...TYPE, ...more }),
      body: text,
      credentials: 'omit',
    });
  } catch (failed) {
    throw failed.name === 'AbortError' ? failed : new Error('The server cannot be reached.');
  }
  const said = await answer.text();
  if (answer.ok) {
    return said ? JSON.parse(said) : null;
  }
  refuse(answer.status, said);
}

function refuse(status, text) {
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Something between the server and this page has answered.
  }
  if (status === 401 || (status === 403 && !credentials)) {
    asking.forEach((listener) => listener(status));
  }
  throw new Refused(status, body);
}

export const get = (path, signal) => call('GET', path, undefined, signal);
export const post = (path, body) => call('POST', path, body);

/** An id that nothing else has. */
export const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, '0')).join('');

/** A function that posts an act. The same once more, because its answer was lost, is the same act to the server. */
export function once() {
  let last = null;
  let key = null;
  return (path, body) => {
    const asked = path + JSON.stringify(body);
    key = asked === last ? key : fresh();
    last = asked;
    return call('POST', path, body, undefined, { 'Idempotency-Key': key });
  };
}
export const patch = (path, body) => call('PATCH', path, body);
export const remove = (path) => call('DELETE', path, undefined);

/** The events of a stream, until the signal. By fetch, since an EventSource cannot send credentials. */
export async function stream(path, onEvent, signal) {
  const answer = await fetch(BASE + path, { headers: headers({}), signal, credentials: 'omit' });
  if (!answer.ok) {
    refuse(answer.status, await answer.text());
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const frames = text.split('\n\n');
    text = frames.pop();
    for (const frame of frames) {
      const event = {};
      for (const line of frame.split('\n')) {
        const colon = line.indexOf(': ');
        if (colon > 0) {
          event[line.slice(0, colon)] = line.slice(colon + 2);
        }
      }
      if (event.event) {
        onEvent(event.event, JSON.parse(event.data));
      }
    }
  }
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from '../base/api.js';
import { useLive } from '../base/live.js';
import { useLoad } from '../base/load.js';
import { go, to } from '../base/route.js';
import { count } from '../base/words.js';
import { Badge, Empty, Problem, Tag, Waiting, When } from '../parts/basics.jsx';

const STATES = [['', 'All'], ['interrupted', 'Ask'], ['busy', 'Busy'], ['error', 'Error'], ['idle', 'Idle']];

/** Threads, a page at a time. Filters are in the address, so a list has a link. */
export function Threads({ filter, assistants, onStart }) {
  const [told, setTold] = useState(null);
  const { after, ...rest } = filter;
  const { data, error, reload } = useLoad(
    (signal) => get('/clew/threads' + query({ ...rest, after, limit: 50, count: true }), signal),
    [JSON.stringify(filter)],
    true,
  );
  const open = useLive('/clew/stream', (name, facts) => {
    if (name === 'threads') {
      setTold(facts);
      reload();
    }
  });
  const set = (change) => go(to(['threads'], { ...rest, ...change }));
  return (
    <main id="main" class="threads">
      <header class="head">
        <h1>Threads</h1>
        <Live open={open} />
        <span class="grow" />
        <button type="button" class="primary" onClick={() => onStart()}>Start a run</button>
      </header>
      <Filters filter={rest} told={told} assistants={assistants} set={set} />
      <Problem error={error} />
      {data ? <List page={data} filter={filter} /> : error ? null : <Waiting />}
    </main>
  );
}

export const Live = ({ open }) => <span class={`live ${open ? 'open' : ''}`} title={open ? 'What changes shows at once.' : 'Not connected: what changes does not show.'}><span aria-hidden="true">●</span> {open ? 'live' : 'not live'}</span>;

function Filters({ filter, told, assistants, set }) {
  const [text, setText] = useState(filter.q || '');
  const timer = useRef(0);
  useEffect(() => setText(filter.q || ''), [filter.q]);
  // Who goes on before the search begins must not be called back by it.
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (value) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set({ q: value }), 250);
  };
  return (
    <form class="filters" role="search" onSubmit={(e) => e.preventDefault()}>
      <input type="search" id="search" placeholder="Find by a part of the id  ( / )" aria-label="Find threads by a part of their id" value={text} onInput={(e) => search(e.target.value)} />
      <div class="choice" role="group" aria-label="What they do">
        {STATES.map(([name, title]) => (
          <button key={name} type="button" aria-pressed={(filter.status || '') === name} onClick={() => set({ status: name })}>
            {title}{name && told ? <span class="count">{told[name] >= 1000 ? '1000+' : told[name]}</span> : null}
          </button>
        ))}
      </div>
      <label>Workflow <select value={filter.workflow || ''} onChange={(e) => set({ workflow: e.target.value })}>
        <option value="">all</option>
        {assistants.map((each) => <option key={each} value={each}>{each}</option>)}
      </select></label>
      <label>Order <select value={filter.order || 'changed'} onChange={(e) => set({ order: e.target.value })}>
        <option value="changed">changed last</option><option value="created">newest</option><option value="id">by id</option>
      </select></label>
      <Metadata value={filter.metadata} set={set} />
    </form>
  );
}

function Metadata({ value, set }) {
  const all = value ? safe(value) : {};
  const add = (e) => {
    if (e.key !== 'Enter') {
      return;
    }
    const [name, ...more] = e.target.value.split('=');
    if (name && more.length) {
      const text = more.join('=').trim();
      set({ metadata: JSON.stringify({ ...all, [name.trim()]: safe(text, text) }) });
      e.target.value = '';
    }
  };
  const without = (name) => {
    const { [name]: gone, ...others } = all;
    set({ metadata: Object.keys(others).length ? JSON.stringify(others) : '' });
  };
  return (
    <span class="metadata">
      <input type="text" aria-label="Metadata, as name=value, then Enter" placeholder="metadata: name=value ⏎" onKeyDown={add} />
      {Object.entries(all).map(([name, each]) => <button key={name} type="button" class="quiet" onClick={() => without(name)} aria-label={`Without ${name}`}>{name}={String(each)} ✕</button>)}
    </span>
  );
}

function safe(text, otherwise = {}) {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function List({ page, filter }) {
  const body = useRef(null);
  if (!page.threads.length) {
    return (
      <Empty title={Object.keys(filter).length ? 'No thread matches.' : 'No thread yet.'}>
        <p>{Object.keys(filter).length ? <a href={to(['threads'])}>Show all threads</a> : 'A thread is where runs of a workflow happen. Start a run, and it shows here.'}</p>
      </Empty>
    );
  }
  const keys = (event) => {
    const links = [...body.current.querySelectorAll('a.thread')];
    const at = links.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1 }[event.key];
    if (next !== undefined && links[next]) {
      event.preventDefault();
      links[next].focus();
    }
  };
  return (
    <>
      <table class="list" onKeyDown={keys}>
        <thead><tr><th scope="col">State</th><th scope="col">Thread</th><th scope="col">Workflow</th><th scope="col" class="wide">Metadata</th><th scope="col">Changed</th></tr></thead>
        <tbody ref={body}>{page.threads.map((thread) => <Thread key={thread.thread_id} thread={thread} />)}</tbody>
      </table>
      <footer class="pages">
        <span>{page.total === undefined ? '' : page.total >= page.counted_up_to ? `more than ${page.counted_up_to.toLocaleString('en')} threads` : count(page.total, 'thread')}</span>
        <span class="grow" />
        {filter.after ? <button type="button" onClick={() => history.back()}>Back</button> : null}
        {page.next ? <a class="button" rel="next" href={to(['threads'], { ...filter, after: page.next })}>Next page</a> : null}
      </footer>
    </>
  );
}

const OWN = ['graph_id', 'assistant_id'];

function Thread({ thread }) {
  const shown = Object.entries(thread.metadata).filter(([name]) => !OWN.includes(name)).slice(0, 4);
  return (
    <tr>
      <td><Badge name={thread.status === 'error' ? thread.state : thread.status} /></td>
      <td class="id"><a class="thread mono" href={to(['threads', thread.thread_id])}>{thread.thread_id}</a></td>
      <td class="flow">{thread.assistant || thread.workflow || <span class="void">none yet</span>}</td>
      <td class="wide">{shown.map(([name, value]) => <Tag key={name}>{name}={short(value)}</Tag>)}</td>
      <td class="when"><When at={thread.changed_at} /></td>
    </tr>
  );
}

function short(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 30 ? text.slice(0, 29) + '…' : text;
}

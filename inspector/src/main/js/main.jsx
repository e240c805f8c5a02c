import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, hasCredentials, login, onAsked, post } from './base/api.js';
import { useLoad } from './base/load.js';
import { go, to, useRoute } from './base/route.js';
import { Empty } from './parts/basics.jsx';
import { Start } from './views/acts.jsx';
import { Login } from './views/login.jsx';
import { Queues, Schedules } from './views/server.jsx';
import { Thread } from './views/thread.jsx';
import { Threads } from './views/threads.jsx';

const SCHEMES = ['auto', 'light', 'dark'];

function App() {
  const { parts, query } = useRoute();
  const [session, setSession] = useState(0);
  const [asks, setAsks] = useState(false);
  const [starts, setStarts] = useState(false);
  useEffect(() => onAsked(() => setAsks(true)), []);
  useEffect(() => {
    setStarts(false);
    document.title = (parts[1] || parts[0] || 'Threads') + ' · Clew';
  }, [parts.join('/')]);
  useEffect(() => {
    const keys = (event) => {
      if (event.key === '/' && !event.target.closest('input, textarea, select, dialog')) {
        const search = document.querySelector('input[type=search]');
        if (search) {
          event.preventDefault();
          search.focus();
        }
      }
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  const { data: found } = useLoad(() => post('/assistants/search', { limit: 1000 }), [session]);
  const assistants = [...new Set((found || []).map((each) => each.graph_id))];
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => (e.preventDefault(), document.getElementById('main')?.querySelector('a, button, input, [tabindex]')?.focus())}>To the content</a>
      <Bar current={parts[0] || 'threads'} onLogout={() => (login('', ''), setSession((n) => n + 1))} />
      <Page key={session} parts={parts} query={query} assistants={assistants} onStart={() => setStarts(true)} />
      {starts ? <Start assistants={assistants} onClose={() => setStarts(false)} /> : null}
      {asks ? <Login onDone={() => (setAsks(false), setSession((n) => n + 1))} onClose={() => setAsks(false)} /> : null}
    </>
  );
}

function Page({ parts, query, assistants, onStart }) {
  switch (parts[0] || 'threads') {
    case 'threads':
      return parts[1] ? <Thread key={parts[1]} id={parts[1]} tab={parts[2]} chosen={query} /> : <Threads filter={query} assistants={assistants} onStart={onStart} />;
    case 'queues':
      return <Queues />;
    case 'schedules':
      return <Schedules />;
    default:
      return <main id="main"><Empty title="There is nothing at this address."><p><a href={to(['threads'])}>All threads</a></p></Empty></main>;
  }
}

function Bar({ current, onLogout }) {
  const [scheme, setScheme] = useState(() => localStorage.getItem('clew.scheme') || 'auto');
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
    localStorage.setItem('clew.scheme', scheme);
  }, [scheme]);
  return (
    <header class="bar">
      <a class="brand" href={to(['threads'])}><img src="icon.svg" alt="" width="22" height="22" />Clew</a>
      <nav aria-label="Main">
        {['threads', 'queues', 'schedules'].map((name) => <a key={name} href={to([name])} aria-current={current === name ? 'page' : undefined}>{name[0].toUpperCase() + name.slice(1)}</a>)}
      </nav>
      <span class="grow" />
      {hasCredentials() ? <button type="button" class="quiet" onClick={onLogout}>Forget me</button> : null}
      <button type="button" class="quiet" onClick={() => setScheme(SCHEMES[(SCHEMES.indexOf(scheme) + 1) % 3])} aria-label={`Colours: ${scheme}`}>{scheme === 'auto' ? '◐ auto' : scheme === 'light' ? '☀ light' : '☾ dark'}</button>
    </header>
  );
}

render(<App />, document.getElementById('app'));

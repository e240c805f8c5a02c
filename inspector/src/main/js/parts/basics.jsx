import { useEffect, useRef, useState } from 'preact/hooks';
import { here } from '../base/route.js';
import { ago, clock, status } from '../base/words.js';

/** A state in a word, a sign and a colour: never by colour alone. */
export function Badge({ name, label }) {
  const { word, tone, sign } = status(name);
  return <span class={`badge ${tone}`}><span aria-hidden="true">{sign}</span>{label || word}</span>;
}

export const Tag = ({ children, tone = 'dim', title }) => <span class={`tag ${tone}`} title={title}>{children}</span>;

/** A moment as how long ago it was; all of it on demand. */
export function When({ at }) {
  return at ? <time dateTime={at} title={new Date(at).toLocaleString()}>{ago(at)}</time> : null;
}

export const Clock = ({ at }) => (at ? <time dateTime={at} title={new Date(at).toLocaleString()}>{clock(at)}</time> : null);

/** Browsers give the clipboard to pages of this machine and of https only; the old way works everywhere. */
async function copied(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function Copy({ text, label = 'Copy' }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await copied(text);
    setDone(true);
    setTimeout(() => setDone(false), 1200);
  };
  return <button type="button" class="quiet" onClick={copy}>{done ? 'Copied' : label}</button>;
}

export function Problem({ error, children }) {
  return error ? <div class="problem" role="alert"><strong>{error.message}</strong>{children}</div> : null;
}

export const Waiting = ({ children = 'Loading …' }) => <p class="waiting" role="status">{children}</p>;

export const Empty = ({ title, children }) => <div class="empty"><h2>{title}</h2>{children}</div>;

/** A dialog that takes the keyboard while it is open, and gives it back. */
export function Dialog({ title, onClose, wide, children }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog.showModal();
    return () => dialog.open && dialog.close();
  }, []);
  return (
    <dialog ref={ref} class={wide ? 'wide' : ''} aria-label={title} onClose={onClose} onCancel={onClose}>
      <header><h2>{title}</h2><button type="button" class="quiet" onClick={onClose} aria-label="Close">✕</button></header>
      {children}
    </dialog>
  );
}

/** A button that does something at once, and says beside itself what was refused. */
export function Act({ act, done, quiet, children }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    setError(null);
    try {
      await act();
      done?.();
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return <><button type="button" class={quiet ? 'quiet' : undefined} disabled={busy} onClick={press}>{children}</button><Problem error={error} /></>;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, children, verb, danger, act, onDone, onClose }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const run = async (event) => {
    event.preventDefault();
    setBusy(true);
    const isHere = here();
    try {
      await act();
      onClose();
      if (isHere()) {
        onDone?.();
      }
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={run}>
        {children}
        <Problem error={error} />
        <footer>
          <button type="button" onClick={onClose}>Leave it</button>
          <button type="submit" class={danger ? 'danger' : 'primary'} disabled={busy}>{verb}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Tabs whose places have addresses. */
export function Tabs({ all, current, label }) {
  return (
    <nav class="tabs" aria-label={label}>
      {all.map(({ name, title, address, hint }) => (
        <a key={name} href={address} aria-current={name === current ? 'page' : undefined}>{title}{hint ? <span class="hint">{hint}</span> : null}</a>
      ))}
    </nav>
  );
}

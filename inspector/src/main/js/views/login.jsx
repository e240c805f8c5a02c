import { useState } from 'preact/hooks';
import { login } from '../base/api.js';
import { Dialog } from '../parts/basics.jsx';

/** Asks for the header that the server wants. It stays in memory; in this tab only if the person says so. */
export function Login({ onDone, onClose }) {
  const [header, setHeader] = useState('Authorization');
  const [value, setValue] = useState('');
  const [keep, setKeep] = useState(false);
  const done = (event) => {
    event.preventDefault();
    login(header.trim(), value, keep);
    onDone();
  };
  return (
    <Dialog title="Who are you?" onClose={onClose}>
      <form onSubmit={done}>
        <p>This server wants to know who asks. What you enter is sent with each request to this server, and to no other one.</p>
        <div class="field"><label for="login-header">Header</label>
          <input id="login-header" list="login-headers" value={header} required pattern="[A-Za-z0-9\-]+" onInput={(e) => setHeader(e.target.value)} />
          <datalist id="login-headers"><option value="Authorization" /><option value="x-api-key" /></datalist>
        </div>
        <div class="field"><label for="login-value">Value <span class="hint">such as Bearer …, or a key</span></label><input id="login-value" type="password" autocomplete="off" value={value} required onInput={(e) => setValue(e.target.value)} /></div>
        <label class="check"><input type="checkbox" checked={keep} onChange={(e) => setKeep(e.target.checked)} /> Keep it until this tab is closed</label>
        <footer><button type="button" onClick={onClose}>Leave it</button><button type="submit" class="primary">Go on</button></footer>
      </form>
    </Dialog>
  );
}

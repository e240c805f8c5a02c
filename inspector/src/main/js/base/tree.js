import { get, query, segment } from './api.js';

const PAGE = 200;

/**
 * The steps of a run as far as they were read: whatever is on the screen is asked for, and nothing else. A row is found by its
 * place among all visible ones without a list of these.
 */
export class Tree {
  constructor(thread, run, filter, onChange) {
    this.base = `/clew/threads/${segment(thread)}/runs/${segment(run)}/steps`;
    this.filter = filter;
    this.onChange = onChange;
    this.scopes = new Map();
    this.open = new Map();
    this.asked = new Map();
    this.error = null;
    this.closed = false;
    this.ask('', 0);
  }

  close() {
    this.closed = true;
  }

  /** How many rows there are below a scope, open ones counted with what is in them. */
  size(path = '') {
    const scope = this.scopes.get(path);
    if (!scope) {
      return path === '' ? 0 : 1;
    }
    let size = scope.total;
    for (const inner of this.open.get(path) || []) {
      size += this.size(inner.path);
    }
    return size;
  }

  /** The row at a place: its step, or null while it is read; and how deep it is. */
  row(index, path = '', depth = 0) {
    const scope = this.scopes.get(path);
    if (!scope) {
      return { step: null, depth, scope: path, index: 0 };
    }
    let shift = 0;
    for (const inner of this.open.get(path) || []) {
      const at = inner.index + shift;
      if (index <= at) {
        break;
      }
      const size = this.size(inner.path);
      if (index <= at + size) {
        return this.row(index - at - 1, inner.path, depth + 1);
      }
      shift += size;
    }
    const own = index - shift;
    const step = scope.rows[own] || null;
    if (!step) {
      this.ask(path, own);
    }
    return { step, depth, scope: path, index: own };
  }

  isOpen(path) {
    return [...this.open.values()].some((all) => all.some((each) => each.path === path));
  }

  toggle({ step, scope, index }) {
    const all = (this.open.get(scope) || []).filter((each) => each.path !== step.path);
    if (all.length === (this.open.get(scope) || []).length) {
      all.push({ path: step.path, index });
      all.sort((a, b) => a.index - b.index);
      if (!this.scopes.has(step.path)) {
        this.ask(step.path, 0);
      }
    }
    this.open.set(scope, all);
    this.onChange();
  }

  /** Opens what is around a step, and gives its place among all rows; -1 if it is not there. */
  async reveal(path) {
    const parts = path.split('/');
    let scope = '';
    let place = -1;
    for (let i = 0; i < parts.length; i++) {
      const step = parts.slice(0, i + 1).join('/');
      const found = await get(this.base + query({ path: step })).catch(() => null);
      const index = found?.steps[0]?.place ?? -1;
      await this.ask(scope, Math.max(0, index));
      if (this.closed || index < 0 || this.scopes.get(scope)?.rows[index]?.path !== step) {
        return -1;
      }
      place += 1 + index + this.above(scope, index);
      if (i + 1 < parts.length && !this.isOpen(step)) {
        this.open.set(scope, [...(this.open.get(scope) || []), { path: step, index }].sort((a, b) => a.index - b.index));
        await this.ask(step, 0);
      }
      scope = step;
    }
    return place;
  }

  /** How many rows are open within those of a scope that stand before one. */
  above(scope, index) {
    return (this.open.get(scope) || []).filter((inner) => inner.index < index).reduce((sum, inner) => sum + this.size(inner.path), 0);
  }

  ask(path, index) {
    const from = Math.floor(index / PAGE) * PAGE;
    const key = `${from} ${path}`;
    if (!this.asked.has(key)) {
      this.asked.set(key, this.read(path, from, key));
    }
    return this.asked.get(key);
  }

  async read(path, from, key) {
    try {
      const page = await get(this.base + query({ parent: path, from: from || undefined, limit: PAGE, ...(path === '' ? this.filter : {}) }));
      const scope = this.scopes.get(path) || { rows: [], total: 0 };
      page.steps.forEach((step, i) => (scope.rows[from + i] = step));
      scope.total = page.total;
      this.scopes.set(path, scope);
      this.error = null;
    } catch (failed) {
      this.error = failed;
      this.asked.delete(key);
    }
    if (!this.closed) {
      this.onChange();
    }
  }

  /** Reads again what was read, page by page: what is done does not change, so only pages with open steps, and the last one. */
  async refresh() {
    const keys = [...this.asked.keys()];
    for (const key of keys) {
      const space = key.indexOf(' ');
      const from = Number(key.slice(0, space));
      const path = key.slice(space + 1);
      const scope = this.scopes.get(path);
      const rows = scope ? scope.rows.slice(from, from + PAGE) : [];
      const isLast = !scope || from + PAGE >= scope.total;
      if (isLast || rows.some((each) => !each || !each.ended_at || ['pending', 'retrying'].includes(each.worst))) {
        await this.read(path, from, key);
      }
    }
  }
}

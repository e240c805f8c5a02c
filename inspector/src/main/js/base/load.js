import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/**
 * What a function reads, anew whenever a dependency changes or `reload` is called. While it is read again, what was read
 * before stays; if a dependency changed, only if `keeps` is true. Reloads that come fast are one.
 */
export function useLoad(read, dependencies, keeps = false) {
  const [state, setState] = useState({ data: null, error: null, loading: true });
  const current = useRef(null);
  const timer = useRef(0);
  const load = useCallback(async (fresh) => {
    current.current?.abort();
    const own = (current.current = new AbortController());
    if (fresh) {
      setState({ data: null, error: null, loading: true });
    }
    try {
      const data = await read(own.signal);
      if (!own.signal.aborted) {
        setState({ data, error: null, loading: false });
      }
    } catch (error) {
      if (!own.signal.aborted) {
        setState((before) => ({ data: before.data, error, loading: false }));
      }
    }
  }, dependencies);
  useEffect(() => {
    load(!keeps);
    return () => {
      current.current?.abort();
      clearTimeout(timer.current);
    };
  }, [load]);
  const reload = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => load(false), 120);
  }, [load]);
  return { ...state, reload };
}

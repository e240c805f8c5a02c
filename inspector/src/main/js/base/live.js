import { useEffect, useRef, useState } from 'preact/hooks';
import { stream } from './api.js';

const LONGEST = 15000;

/**
 * Holds the page's one stream. It is closed while nobody sees the page, and opened again with growing pauses if it breaks.
 * Gives whether it is open.
 */
export function useLive(path, onEvent) {
  const [open, setOpen] = useState(false);
  const handler = useRef(onEvent);
  handler.current = onEvent;
  useEffect(() => {
    if (!path) {
      return undefined;
    }
    let stop = new AbortController();
    let pause = 500;
    let timer = 0;
    const run = async () => {
      const own = (stop = new AbortController());
      try {
        await stream(path, (name, data) => {
          pause = 500;
          setOpen(true);
          handler.current(name, data);
        }, own.signal);
      } catch {
        // It is opened again below; what is wrong shows where the page reads.
      }
      setOpen(false);
      if (!own.signal.aborted) {
        timer = setTimeout(run, pause);
        pause = Math.min(LONGEST, pause * 2);
      }
    };
    const seen = () => {
      clearTimeout(timer);
      stop.abort();
      if (!document.hidden) {
        run();
      }
    };
    document.addEventListener('visibilitychange', seen);
    seen();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      clearTimeout(timer);
      stop.abort();
    };
  }, [path]);
  return open;
}

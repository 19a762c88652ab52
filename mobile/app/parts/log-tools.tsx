import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LevelFilter } from '../state/log-tail.ts';
import { Icon } from './icons.tsx';

const LEVELS: readonly { readonly level: LevelFilter; readonly name: string }[] = [
  { level: '', name: 'All' },
  { level: 'info', name: 'Info' },
  { level: 'warn', name: 'Warnings' },
  { level: 'error', name: 'Errors' },
];
const TYPING_PAUSE_MS = 300;
const LONGEST_KEYWORD = 100;

interface LogToolsProps {
  readonly level: LevelFilter;
  readonly keyword: string;
  readonly seek: (level: LevelFilter, keyword: string) => void;
}

/** Search in the whole log, and the levels. */
export function LogTools({ level, keyword, seek }: LogToolsProps): JSX.Element {
  const [typed, setTyped] = useState(keyword);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => seek(level, text.trim()), TYPING_PAUSE_MS);
  };
  return (
    <div class="log-tools">
      <label class="field">
        <Icon name="search" />
        <span class="visually-hidden">Search the log</span>
        <input type="search" placeholder="Search the log" value={typed} maxLength={LONGEST_KEYWORD} autocapitalize="off" autocomplete="off" spellcheck={false} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      <div class="chips" role="group" aria-label="Level">
        {LEVELS.map((one) => (
          <button key={one.name} type="button" class={`chip ${one.level === level ? 'on' : ''}`} aria-pressed={one.level === level} onClick={() => seek(one.level, keyword)}>
            {one.name}
          </button>
        ))}
      </div>
    </div>
  );
}

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LogLine } from '../../contract/index.ts';
import { clockText, withLocalClock } from '../lib/times.ts';
import { timeZone } from '../state/store.ts';

const FACES: Readonly<Record<LogLine['level'], string>> = { trace: 'faint', debug: 'faint', info: '', warn: 'warn', error: 'error', fatal: 'error' };

/** Whose lines go without a name: nearly all are the trader's. */
const OWN = 'trader';

/** One line of the log; what it says is text and nothing else. On a narrow screen a long one is folded until it is tapped. */
export function LogRow({ line }: { readonly line: LogLine }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const isLoud = line.level === 'warn' || line.level === 'error' || line.level === 'fatal';
  return (
    <li class={`${FACES[line.level]} ${isOpen ? 'open' : ''}`} onClick={() => getSelection()?.isCollapsed !== false && setOpen(!isOpen)}>
      <i aria-hidden="true" />
      {line.at === null ? <span class="time">–</span> : <time dateTime={line.at}>{clockText(line.at, timeZone.value)}</time>}
      <span class="said">
        {line.process !== '' && line.process !== OWN && <span class="process">{`${line.process} `}</span>}
        {isLoud && <b>{`${line.level} `}</b>}
        {line.message}
        {line.fields !== '' && <span class="fields">{` ${withLocalClock(line.fields, timeZone.value)}`}</span>}
      </span>
    </li>
  );
}

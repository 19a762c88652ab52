import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { cameFromHere } from '../lib/router.ts';
import { hidden } from '../state/device.ts';
import { figuresAreOld, updateReady } from '../state/store.ts';
import { takeUpdate } from '../state/update.ts';
import { Badges } from './badges.tsx';
import { Icon } from './icons.tsx';
import { Pulse } from './pulse.tsx';

interface PageProps {
  readonly title: string;
  /** Path that the back arrow leads to where there is no history. */
  readonly backTo?: string;
  /** The page's own control at the right of its header. */
  readonly action?: ComponentChildren;
  /** Kept under the header while the page scrolls: a search, filters. */
  readonly tools?: ComponentChildren;
  /** False: nothing on the page is money of the reader's. */
  readonly hasAmounts?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every page: header with what the figures are worth, pulse line, content. */
export function Page({ title, backTo, action, tools, hasAmounts = true, children }: PageProps): JSX.Element {
  useEffect(() => {
    document.title = `${title} · bot-daemon`;
  }, [title]);
  return (
    <>
      <header class="top">
        <div class="top-row">
          {backTo !== undefined && <Back to={backTo} />}
          <h1>{title}</h1>
          <Badges />
          <span class="actions">
            {action}
            {hasAmounts && <HideAmounts />}
          </span>
        </div>
        <Pulse />
        {tools}
      </header>
      {updateReady.value && <UpdateNotice />}
      <main id="main" class={figuresAreOld.value ? 'old' : ''} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Back({ to }: { readonly to: string }): JSX.Element {
  return (
    <a class="icon-button" href={to} aria-label="Back" onClick={back}>
      <Icon name="back" />
    </a>
  );
}

function back(event: MouseEvent): void {
  if (!cameFromHere() || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  history.back();
}

function HideAmounts(): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={hidden.value ? 'Show amounts' : 'Hide amounts'} onClick={() => (hidden.value = !hidden.value)}>
      <Icon name={hidden.value ? 'eye-off' : 'eye'} />
    </button>
  );
}

function UpdateNotice(): JSX.Element {
  return (
    <div class="update" role="status">
      <span>A new version is ready.</span>
      <button type="button" class="pill" onClick={takeUpdate}>
        Reload
      </button>
    </div>
  );
}

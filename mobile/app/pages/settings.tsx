import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SettingItem, SettingsView } from '../../contract/index.ts';
import type { Failure } from '../lib/api.ts';
import { Empty, Skeleton, Trouble } from '../parts/empty.tsx';
import { DOTS } from '../parts/figure.tsx';
import { Icon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { signOut } from '../state/account.ts';
import { hidden, hideOnOpen, theme } from '../state/device.ts';
import type { Theme } from '../state/device.ts';
import { useResource } from '../state/resource.ts';

const THEMES: readonly { readonly theme: Theme; readonly name: string }[] = [
  { theme: 'light', name: 'Light' },
  { theme: 'dark', name: 'Dark' },
  { theme: 'black', name: 'Black' },
  { theme: 'auto', name: 'Auto' },
];

/** This device's own switches, then the daemon's settings in force: to read, not to change. */
export function SettingsPage(): JSX.Element {
  const settings = useResource<SettingsView>('/api/settings');
  return (
    <Page title="Settings">
      <DeviceSettings />
      {settings.failure !== null && <Trouble failure={settings.failure} retry={settings.reload} />}
      {settings.data === null ? settings.failure === null && <Skeleton rows={4} /> : <DaemonSettings view={settings.data} />}
      <Session />
    </Page>
  );
}

function DeviceSettings(): JSX.Element {
  return (
    <section>
      <h2 class="section small">This device</h2>
      <div class="card">
        <div class="setting">
          <p id="appearance">Appearance</p>
          <div class="segments" role="group" aria-labelledby="appearance">
            {THEMES.map((one) => (
              <button key={one.theme} type="button" aria-pressed={theme.value === one.theme} onClick={() => (theme.value = one.theme)}>
                {one.name}
              </button>
            ))}
          </div>
        </div>
        <button type="button" class="switch-row" role="switch" aria-checked={hideOnOpen.value} onClick={toggleHideOnOpen}>
          <span>Hide amounts on open</span>
          <span class="switch" aria-hidden="true" />
        </button>
        <p class="setting caption">Hides money and quantities in the five views. Lines of the log are shown as they were written.</p>
      </div>
    </section>
  );
}

function toggleHideOnOpen(): void {
  hideOnOpen.value = !hideOnOpen.value;
  hidden.value = hideOnOpen.value;
}

function DaemonSettings({ view }: { readonly view: SettingsView }): JSX.Element {
  if (view.groups.length === 0) {
    return (
      <Empty title="No settings told yet">
        <p>The daemon writes down its settings when it starts.</p>
      </Empty>
    );
  }
  return (
    <>
      <p class="read-only">
        <Icon name="lock" />
        <span>{`The daemon's settings, read-only${view.file === null ? '' : `, from ${view.file}`}. Change them on its machine: edit the file, then bot-daemon config check and restart.`}</span>
      </p>
      {view.groups.map((group) => (
        <section key={group.id}>
          <h2 class="section small">{group.title}</h2>
          <dl class="card facts num">
            {group.items.map((item) => (
              <SettingFact key={item.path} item={item} isSecret={group.id === 'capital' && hidden.value} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function SettingFact({ item, isSecret }: { readonly item: SettingItem; readonly isSecret: boolean }): JSX.Element {
  return (
    <div class="fact">
      <dt>
        {item.label}
        {item.source !== 'file' && <span class="tag">{item.source}</span>}
      </dt>
      <dd>{isSecret ? DOTS : item.value}</dd>
    </div>
  );
}

function Session(): JSX.Element {
  const [isLeaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const leave = async (): Promise<void> => {
    setLeaving(true);
    setFailure(await signOut());
    setLeaving(false);
  };
  return (
    <section class="session">
      {failure !== null && <Trouble failure={failure} retry={() => void leave()} />}
      <button type="button" class="button quiet-button" disabled={isLeaving} onClick={() => void leave()}>
        {isLeaving ? 'Signing out…' : 'Sign out'}
      </button>
      <p class="caption">Signing out leaves nothing of your account on this device.</p>
    </section>
  );
}

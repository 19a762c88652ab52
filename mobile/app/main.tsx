import './styles/index.css';
import { render } from 'preact';
import type { JSX } from 'preact';
import { place, startRouter } from './lib/router.ts';
import type { Failure } from './lib/api.ts';
import { HomePage } from './pages/home.tsx';
import { LogsPage } from './pages/logs.tsx';
import { PositionPage } from './pages/position.tsx';
import { PositionsPage } from './pages/positions.tsx';
import { SettingsPage } from './pages/settings.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { TradesPage } from './pages/trades.tsx';
import { Announcer } from './parts/announcer.tsx';
import { Empty, Trouble } from './parts/empty.tsx';
import { Page } from './parts/page.tsx';
import { Tabs } from './parts/tabs.tsx';
import { recallSession, whenSignedIn } from './state/account.ts';
import { followDevice } from './state/device.ts';
import { followServer } from './state/live.ts';
import { session, world } from './state/store.ts';
import { followVersions } from './state/update.ts';

/** The whole app: the page of the path, the tabs, and the sign-in over them when the session is gone. */
function App({ failure }: { readonly failure: Failure | null }): JSX.Element | null {
  if (session.value === 'unknown') return failure === null ? null : <Trouble failure={failure} retry={() => location.reload()} />;
  const isSignedOut = session.value === 'out';
  if (isSignedOut && world.value === null) return <SignInPage isOver={false} />;
  return (
    <>
      <div class="app" inert={isSignedOut}>
        <CurrentPage />
        <Tabs />
        <Announcer />
      </div>
      {isSignedOut && <SignInPage isOver />}
    </>
  );
}

function CurrentPage(): JSX.Element {
  const { path } = place.value;
  const position = /^\/positions\/(\d+)$/.exec(path)?.[1];
  if (position !== undefined) return <PositionPage key={position} id={position} />;
  switch (path) {
    case '/':
      return <HomePage />;
    case '/positions':
      return <PositionsPage />;
    case '/trades':
      return <TradesPage />;
    case '/logs':
      return <LogsPage />;
    case '/settings':
      return <SettingsPage />;
    default:
      return <NowherePage />;
  }
}

function NowherePage(): JSX.Element {
  return (
    <Page title="Not here" backTo="/">
      <Empty title="Nothing stands under this address">
        <a class="pill" href="/">
          Home
        </a>
      </Empty>
    </Page>
  );
}

function draw(failure: Failure | null): void {
  const root = document.getElementById('app');
  if (root !== null) render(<App failure={failure} />, root);
}

followDevice();
startRouter();
followServer();
whenSignedIn(() => void followVersions());
draw(null);
void recallSession(draw);

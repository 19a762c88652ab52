import type { Log } from '../ports/log.ts';
import type { DashboardStart, Refused, ToDashboard, ToTrader, TraderReport, TraderStart } from '../ports/process-messages.ts';
import { EXIT } from '../ports/refusal.ts';
import { KeptChild } from './kept-child.ts';
import type { SuperviseOptions } from './options.ts';
import { noteChildren } from './orphans.ts';
import { RESTART_LIMITS } from './restart-policy.ts';
import { silenceWatch } from './silence.ts';
import { statusOf, type TreeStatus } from './status.ts';
import type { TreeSettings } from './tree-settings.ts';

/** How a tree ended. */
export interface TreeEnd {
  readonly reason: string;
  /** The child's refusal that ended it. */
  readonly refused: Refused | null;
  /** Exit code of the trader; null where it did not run or was killed. */
  readonly traderCode: number | null;
  /** Children that had to be killed. */
  readonly killed: readonly string[];
  /** By the trader's last word; null where it never said one. */
  readonly left: LeftOpen | null;
}

/** What stays open when a tree has ended. */
export interface LeftOpen {
  readonly openOrders: number;
  readonly openPositions: number;
  readonly mode: 'paper' | 'live';
  /** Not all of the orders are protective: the end of some could not be proved. */
  readonly unproved: boolean;
}

const LISTEN_EVERY_MS = 1_000;

/** Together within the ten seconds that a stop may take; the trader goes first and has the most to finish. */
const TRADER_PATIENCE = { termAfterMs: 2_000, killAfterMs: 7_000 };
const DASHBOARD_PATIENCE = { termAfterMs: 1_000, killAfterMs: 2_500 };

/** The trader and the dashboard, started at once and kept alive. Owns both processes: `stop`, then `ended`. */
export class Tree {
  /** Resolves once both have ended. */
  readonly ended: Promise<TreeEnd>;
  readonly #options: SuperviseOptions;
  readonly #log: Log;
  readonly #startedAt = Date.now();
  readonly #trader: KeptChild;
  readonly #dashboard: KeptChild;
  #end: (end: Promise<TreeEnd>) => void = () => undefined;
  #settings: TreeSettings;
  #report: { readonly body: TraderReport; readonly heardAt: number } | null = null;
  #address: string | null = null;
  #announced = false;
  #stopping = false;

  constructor(options: SuperviseOptions, log: Log) {
    this.#options = options;
    this.#log = log;
    this.#settings = options.settings;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#dashboard = this.#startDashboard();
    this.#trader = this.#startTrader();
    this.#watchSilence();
  }

  /** Begins to stop; more requests change nothing. */
  stop(reason: string, refused: Refused | null = null): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#log.info({ reason }, 'stopping');
    this.#end(this.#stopInOrder(reason, refused));
  }

  status(): TreeStatus {
    return statusOf({
      now: Date.now(),
      startedAt: this.#startedAt,
      version: this.#options.version,
      announced: this.#announced,
      stopping: this.#stopping,
      report: this.#report,
      trader: this.#trader.state(),
      dashboard: this.#dashboard.state(),
      address: this.#address,
      timeZone: this.#settings.timeZone,
      dataDir: this.#options.paths.dataDir,
      log: this.#options.paths.log,
    });
  }

  /** Tells both children. */
  tell(message: ToTrader & ToDashboard): void {
    this.#trader.send(message);
    this.#dashboard.send(message);
  }

  /** The settings that the children were started with. */
  get settings(): TreeSettings {
    return this.#settings;
  }

  /** Takes over what is safe to change while they run. */
  adopt({ passwordHash, logLevel }: TreeSettings): void {
    if (passwordHash !== this.#settings.passwordHash) this.#dashboard.send({ kind: 'password-hash', hash: passwordHash });
    if (logLevel !== this.#settings.logLevel) this.#trader.send({ kind: 'reload', logLevel });
    this.#settings = { ...this.#settings, passwordHash, logLevel };
  }

  #startTrader(): KeptChild {
    const { scripts, foreground, limits = RESTART_LIMITS, settingsPath, paths, exitAtEnd } = this.#options;
    const start = (): TraderStart => ({ settingsPath, dataDir: paths.dataDir, exitAtEnd });
    const events = {
      changed: () => this.#note(),
      ready: () => this.#announceOnce(),
      refused: (refused: Refused) => this.stop(refused.message, refused),
      heard: (
        message: { readonly kind: 'report'; readonly report: TraderReport } | { readonly kind: 'ended'; readonly reason: string },
      ) => {
        if (message.kind === 'ended') this.stop(message.reason);
        else this.#report = { body: message.report, heardAt: Date.now() };
      },
      down: (reason: string) => this.#dashboard.send({ kind: 'trader-down', reason }),
      gaveUp: (reason: string) => {
        this.#dashboard.send({ kind: 'crash-loop', reason });
        this.#options.onNotice(`Trading has stopped: ${reason}. See: bot-daemon logs`);
      },
    };
    return new KeptChild({ name: 'trader', script: scripts.trader, start, foreground }, limits, events, this.#log);
  }

  #startDashboard(): KeptChild {
    const { scripts, foreground, limits = RESTART_LIMITS } = this.#options;
    const events = {
      changed: () => this.#note(),
      ready: ({ address }: { readonly address?: string }) => {
        this.#address = address ?? null;
        const { kind, reason } = this.#trader.state();
        if (kind === 'given-up' && reason !== null) this.#dashboard.send({ kind: 'crash-loop', reason });
        this.#announceOnce();
      },
      refused: (refused: Refused) => this.stop(refused.message, refused),
      heard: () => undefined,
      down: () => {
        this.#address = null;
      },
      gaveUp: (reason: string) => {
        this.#address = null;
        this.#options.onNotice(`The dashboard has stopped, trading goes on: ${reason}. See: bot-daemon logs`);
      },
    };
    return new KeptChild(
      { name: 'dashboard', script: scripts.dashboard, start: () => this.#dashboardStart(), foreground },
      limits,
      events,
      this.#log,
    );
  }

  #dashboardStart(): DashboardStart {
    const { host, port, passwordHash, trustedProxies, name, timeZone, currency } = this.#settings;
    const { paths, version } = this.#options;
    return { host, port, passwordHash, trustedProxies, dataDir: paths.dataDir, logPath: paths.log, name, version, timeZone, currency };
  }

  #watchSilence(): void {
    const hear = silenceWatch(this.#log);
    const look = (): void => {
      if (this.#stopping || this.#report === null || this.#trader.state().kind !== 'ready') hear(null);
      else hear(Date.now() - this.#report.heardAt);
    };
    // After the messages that wait to be read: they do where it was this process that slept.
    const looking = setInterval(() => setImmediate(look), LISTEN_EVERY_MS);
    void this.ended.finally(() => {
      clearInterval(looking);
    });
  }

  #note(): void {
    const pids = [this.#trader, this.#dashboard].map((child) => child.state().pid).filter((pid) => pid !== null);
    try {
      noteChildren(this.#options.paths.children, pids);
    } catch (error) {
      this.#log.warn({ error }, 'children could not be noted');
    }
  }

  #announceOnce(): void {
    if (this.#announced || this.#trader.state().kind !== 'ready' || this.#dashboard.state().kind !== 'ready') return;
    this.#announced = true;
    this.#log.info({ address: this.#address, startMs: Date.now() - this.#startedAt }, 'ready');
    this.#options.onReady(this.status());
  }

  /** The trader is first asked to finish its cycle; the dashboard shows that until it goes itself. */
  async #stopInOrder(reason: string, refused: Refused | null): Promise<TreeEnd> {
    const ofTrader = await this.#trader.stop(TRADER_PATIENCE);
    const ofDashboard = await this.#dashboard.stop(DASHBOARD_PATIENCE);
    const killed = [...(ofTrader?.signal === 'SIGKILL' ? ['trader'] : []), ...(ofDashboard?.signal === 'SIGKILL' ? ['dashboard'] : [])];
    const traderCode = ofTrader?.code ?? null;
    return { reason, refused, traderCode, killed, left: this.#leftOpen(traderCode) };
  }

  #leftOpen(traderCode: number | null): LeftOpen | null {
    if (this.#report === null) return null;
    const { openOrders, openPositions, mode } = this.#report.body;
    return { openOrders, openPositions, mode, unproved: traderCode === EXIT.ordersLeftOpen };
  }
}

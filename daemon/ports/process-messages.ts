import type { TraderState } from './ledger.ts';
import type { ExitCode, Fault } from './refusal.ts';

/**
 * What the processes of one tree say to each other.
 *
 * A child is started with one JSON on stdin (`TraderStart`, `DashboardStart`), closed after it; from then on messages go
 * over Node's IPC channel. A child that sees `process.on('disconnect')` has lost its supervisor and stops by itself, the
 * same way as on `stop`. SIGTERM and SIGINT mean `stop` too; a terminal's Ctrl-C reaches every process of the tree, so a
 * child must bear hearing it twice.
 */

/** The trader's start-up JSON. */
export interface TraderStart {
  /** Absolute path of the settings file; the trader reads and compiles it itself. */
  readonly settingsPath: string;
  /** Absolute path of the data folder; it exists, mode 0700. */
  readonly dataDir: string;
  /** End with `ended` once a finite feed is over, rather than staying up as CLOSED. */
  readonly exitAtEnd: boolean;
}

/** The dashboard's start-up JSON: all it may know of the settings. */
export interface DashboardStart {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** bcrypt. */
  readonly passwordHash: string;
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  readonly logPath: string;
  /** What the installation calls itself. */
  readonly name: string;
  readonly version: string;
  /** IANA zone that days and times are shown in. */
  readonly timeZone: string;
  readonly currency: string;
}

/** Child → supervisor: started, serving; sent once. The dashboard adds the address it listens on, `http://127.0.0.1:8420`. */
export interface Ready {
  readonly kind: 'ready';
  readonly address?: string;
}

/** Trader → supervisor, each second of wall time. */
export interface Report {
  readonly kind: 'report';
  readonly report: TraderReport;
}

/** How the trader stands; `status` prints it, so it holds no secret. */
export interface TraderReport {
  readonly state: TraderState;
  /** Why it is not trading; null when it is. */
  readonly reason: string | null;
  readonly mode: 'paper' | 'live';
  readonly cycle: number;
  /** Market time of the last step; null before the first. */
  readonly marketAt: number | null;
  /** Wall time of the last market event; null before the first. */
  readonly feedHeardAt: number | null;
  readonly feedLabel: string;
  readonly simulated: boolean;
  readonly openPositions: number;
  readonly openOrders: number;
  readonly botsRunning: number;
}

/** Trader → supervisor: a replay is over and `exitAtEnd` was asked for; the whole tree stops with exit 0. */
export interface Ended {
  readonly kind: 'ended';
  readonly reason: string;
}

/** Child → supervisor: it refuses to start. It is not started again; the whole tree ends with this exit code. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  readonly faults: readonly Fault[];
  readonly exitCode: ExitCode;
  /** It may be over by itself (a full disk, a foreign lock): a child that has once been ready is tried again. */
  readonly passes?: boolean;
}

export type FromChild = Ready | Report | Ended | Refused;

/** Supervisor → child: finish the cycle, write, close, exit 0; the whole tree has ten seconds. */
export interface Stop {
  readonly kind: 'stop';
}
/** Supervisor → child: the log file was moved; open it anew. */
export interface ReopenLog {
  readonly kind: 'reopen-log';
}
/** Supervisor → trader: those settings that are safe to change while it runs. */
export interface Reload {
  readonly kind: 'reload';
  readonly logLevel: LogLevel;
}
/** Supervisor → dashboard: the password was changed; every session ends. */
export interface PasswordHash {
  readonly kind: 'password-hash';
  readonly hash: string;
}
/** Supervisor → dashboard: the trader died and will be started again. */
export interface TraderDown {
  readonly kind: 'trader-down';
  readonly reason: string;
}
/** Supervisor → dashboard: the trader died too often and will not be started again. */
export interface CrashLoop {
  readonly kind: 'crash-loop';
  readonly reason: string;
}

export type ToTrader = Stop | ReopenLog | Reload;
export type ToDashboard = Stop | ReopenLog | PasswordHash | TraderDown | CrashLoop;
export type ToChild = ToTrader | ToDashboard;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

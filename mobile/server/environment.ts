import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { Session } from './auth/sessions.ts';
import type { Client } from './guard/client.ts';

/** What Hono's context holds for every route. */
export interface DashboardEnv {
  readonly Bindings: {
    readonly incoming: IncomingMessage;
    readonly outgoing: ServerResponse;
    readonly client: Client;
  };
  readonly Variables: {
    /** Null on an open route asked by a stranger. */
    session: Session | null;
  };
}

/** One route of the dashboard; `app.ts` registers exactly the list of these. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Hono's pattern. */
  readonly path: string;
  /** `open` answers anybody; `session` only who is signed in. Open paths have no parameters. */
  readonly access: 'open' | 'session';
  readonly handle: (c: Context<DashboardEnv>) => Response | Promise<Response>;
}

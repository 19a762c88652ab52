import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../lib/api.ts';
import { Icon } from '../parts/icons.tsx';
import { signIn } from '../state/account.ts';

/** Says nothing about the daemon: whoever reads this has not signed in. `isOver`: a page stands behind it, to go on with. */
export function SignInPage({ isOver }: { readonly isOver: boolean }): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const [keeps, setKeeps] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const waitSeconds = useCountdown(failure);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Sign in · bot-daemon';
    field.current?.focus();
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const refused = await signIn(field.current?.value ?? '', keeps);
    setBusy(false);
    setFailure(refused);
    if (refused !== null) field.current?.focus();
  };
  return (
    <div class={`sign-in ${isOver ? 'over' : ''}`} role={isOver ? 'dialog' : 'main'} aria-modal={isOver ? true : undefined} aria-label="Sign in">
      <form onSubmit={(event) => void submit(event)}>
        <span class="tile">
          <Icon name="pulse" />
        </span>
        <h1>{isOver ? 'Sign in again' : 'Sign in to your bots.'}</h1>
        <p class="host">{location.host}</p>
        <PasswordField field={field} isWrong={failure?.status === 401} />
        <p id="sign-in-answer" class="answer" role="alert">
          {failure !== null && `${failure.message} ${waitSeconds > 0 ? '' : failure.remedy}`}
        </p>
        <button type="submit" class="button" disabled={isBusy || waitSeconds > 0}>
          {isBusy ? 'Signing in…' : waitSeconds > 0 ? `Wait ${waitSeconds} s` : 'Sign in'}
        </button>
        <button type="button" class="switch-row" role="switch" aria-checked={keeps} onClick={() => setKeeps(!keeps)}>
          <span>Keep me signed in for 30 days</span>
          <span class="switch" aria-hidden="true" />
        </button>
      </form>
      <p class="view-only">
        <Icon name="lock" />
        <span>View only. Nothing here can place a trade.</span>
      </p>
    </div>
  );
}

function PasswordField({ field, isWrong }: { readonly field: RefObject<HTMLInputElement | null>; readonly isWrong: boolean }): JSX.Element {
  const [isShown, setShown] = useState(false);
  // The field keeps its text only if it stays the same element, so its type is changed on it and not by drawing another.
  const reveal = (): void => {
    if (field.current !== null) field.current.type = isShown ? 'password' : 'text';
    setShown(!isShown);
  };
  return (
    <>
      <label for="password">Password</label>
      <div class="field password">
        <input
          ref={field}
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          autocapitalize="off"
          spellcheck={false}
          required
          aria-invalid={isWrong}
          aria-describedby="sign-in-answer"
        />
        <button type="button" class="icon-button" aria-label={isShown ? 'Hide the password' : 'Show the password'} aria-pressed={isShown} onClick={reveal}>
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      </div>
    </>
  );
}

/** Seconds left of the wait that the server asked for. */
function useCountdown(failure: Failure | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(Math.min(failure?.retryAfterSeconds ?? 0, 3600));
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}

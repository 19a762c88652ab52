import type { ComponentChildren, JSX } from 'preact';

/** The app's line icons, on a 24 × 24 grid; they are decoration, so the control around them carries the name. */
export type IconName = keyof typeof SHAPES;

const SHAPES = {
  home: <path d="M3.5 14 8.4 9l3.8 3.6 8-8M15 4.6h5.2v5.2M3.5 20h17" />,
  positions: <path d="M5.5 4h13a2 2 0 0 1 2 2v2.4a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm0 9.6h13a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-2.4a2 2 0 0 1 2-2ZM7 7.2h4.2M7 16.8h7.2" />,
  trades: <path d="M7 4v15.4m-3.4-3.3L7 19.4l3.4-3.3M17 20V4.6m-3.4 3.3L17 4.6l3.4 3.3" />,
  logs: <path d="M4 6h16M4 12h10.4M4 18h13M19 12h.01" />,
  settings: <path d="M4 7h8.6m4.8 0H20M4 17h2.6m4.8 0H20M17.4 7a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0Zm-6 10a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0Z" />,
  eye: <path d="M2.5 12S6 5.6 12 5.6 21.5 12 21.5 12 18 18.4 12 18.4 2.5 12 2.5 12Zm12.3 0a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Z" />,
  'eye-off': <path d="m4 4 16 16M10 5.8a9 9 0 0 1 2-.2c6 0 9.5 6.4 9.5 6.4a16 16 0 0 1-2.7 3.4M6.4 7.4A15 15 0 0 0 2.5 12S6 18.4 12 18.4a9 9 0 0 0 4-.9" />,
  back: <path d="m15 5-7 7 7 7" />,
  next: <path d="m9 5 7 7-7 7" />,
  download: <path d="M12 4v11m-4-4 4 4 4-4M5 20h14" />,
  search: <path d="M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Zm2.5 9-4.4-4.4" />,
  calendar: <path d="M6.5 5h11a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3Zm-3 5.2h17M8 3v4m8-4v4" />,
  check: <path d="m5 12.6 4.4 4.4L19 7.6" />,
  cross: <path d="M6 6l12 12M18 6 6 18" />,
  warning: <path d="M12 4 2.8 19.6h18.4L12 4Zm0 6v4.4m0 2.8v.1" />,
  clock: <path d="M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM12 7v5.2l3.2 1.8" />,
  lock: <path d="M7.5 10.6h9a2.5 2.5 0 0 1 2.5 2.5v4.4a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 17.5v-4.4a2.5 2.5 0 0 1 2.5-2.5Zm.5 0V8a4 4 0 0 1 8 0v2.6" />,
  pulse: <path d="M2.5 14h4.2l2.2-5.6 3 9 3.2-12.4 2 4.6h4.4" />,
} satisfies Record<string, ComponentChildren>;

/** One icon, as large as the text around it says. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}

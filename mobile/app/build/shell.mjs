const DARK_GROUND = '#0A0D12';
const LIGHT_GROUND = '#F3F5F7';

/**
 * The shell. It holds no script or style of its own, because the policy the server sends allows neither, and no word about the
 * daemon, because it is served without a session.
 *
 * @param {{ script: string, style: string }} assets
 */
export function indexHtml({ script, style }) {
  return `<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>bot-daemon</title>
<meta name="description" content="What your trading daemon does, read-only.">
<meta name="color-scheme" content="dark light">
<meta name="theme-color" content="${DARK_GROUND}" media="(prefers-color-scheme: dark)">
<meta name="theme-color" content="${LIGHT_GROUND}" media="(prefers-color-scheme: light)">
<meta name="mobile-web-app-capable" content="yes">
<meta name="apple-mobile-web-app-capable" content="yes">
<meta name="apple-mobile-web-app-status-bar-style" content="black-translucent">
<meta name="apple-mobile-web-app-title" content="bot-daemon">
<meta name="robots" content="noindex">
<link rel="manifest" href="/app.webmanifest">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/apple-touch-180.png">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript. Without it, ask the machine itself: bot-daemon status</noscript>
</body>
</html>
`;
}

const icon = (src, sizes, purpose) => ({ src, sizes, type: 'image/png', purpose });
const shortcut = (name, url) => ({ name, url, icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] });

/** The web app manifest (W3C Web Application Manifest). */
export const webManifest = {
  id: '/',
  start_url: '/?src=pwa',
  scope: '/',
  name: 'bot-daemon',
  short_name: 'bot-daemon',
  description: 'What your trading daemon does, read-only.',
  lang: 'en',
  dir: 'ltr',
  display: 'standalone',
  display_override: ['standalone', 'minimal-ui'],
  background_color: DARK_GROUND,
  theme_color: DARK_GROUND,
  categories: ['finance', 'utilities'],
  launch_handler: { client_mode: 'navigate-existing' },
  icons: [
    icon('/icons/icon-192.png', '192x192', 'any'),
    icon('/icons/icon-512.png', '512x512', 'any'),
    icon('/icons/maskable-512.png', '512x512', 'maskable'),
    icon('/icons/badge-96.png', '96x96', 'monochrome'),
  ],
  shortcuts: [shortcut('Positions', '/positions'), shortcut('Trades', '/trades'), shortcut('Logs', '/logs')],
};

import { expect, it } from 'vitest';
import { settingsDocument } from '../../../daemon/settings/document.ts';

it('docs/settings.md is what the schema says', async () => {
  await expect(settingsDocument()).toMatchFileSnapshot('../../../docs/settings.md');
});

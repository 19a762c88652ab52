import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../../daemon/adapters/state-files/write-file-atomic.ts';
import { withSetting, writeSetting } from '../../../daemon/settings/write.ts';
import { temporaryFolders } from '../../support/temp-folder.ts';

const folder = temporaryFolders();

describe('one setting put into a text', () => {
  it('leaves every other byte as it is', () => {
    const text = '{\n\t"b": 1.10,\n\t"mobile": { "port": 1,  "passwordHash": "old" },\n\t"a": [1,\n2]\n}\n';

    expect(withSetting(text, ['mobile', 'passwordHash'], 'new')).toBe(text.replace('"old"', '"new"'));
  });

  it('is added at the end of its object, in the manner of its neighbours', () => {
    expect(withSetting('{ "mobile": { "port": 1 } }', ['mobile', 'passwordHash'], 'h')).toBe(
      '{ "mobile": { "port": 1, "passwordHash": "h" } }',
    );
    expect(withSetting('{\n  "mobile": {\n    "port": 1\n  }\n}', ['mobile', 'passwordHash'], 'h')).toBe(
      '{\n  "mobile": {\n    "port": 1,\n    "passwordHash": "h"\n  }\n}',
    );
  });

  it('makes the objects that are missing on its way', () => {
    expect(JSON.parse(withSetting('{}', ['mobile', 'passwordHash'], 'h'))).toEqual({ mobile: { passwordHash: 'h' } });
    expect(JSON.parse(withSetting('{ "a": 1 }', ['mobile', 'passwordHash'], 'h'))).toEqual({ a: 1, mobile: { passwordHash: 'h' } });
  });

  it('is refused by a text that is no object', () => {
    expect(() => withSetting('[]', ['a'], 1)).toThrow(/expected an object/);
    expect(() => withSetting('{ "a" }', ['a'], 1)).toThrow(/line 1, column 7/);
  });
});

describe('writing a setting', () => {
  it('makes the file private and leaves nothing beside it', async () => {
    const home = folder();
    const path = join(home, 'settings.json');
    writeFileSync(path, '{ "mobile": {} }');
    chmodSync(path, 0o644);

    expect(await writeSetting(path, ['mobile', 'passwordHash'], 'h', writeFileAtomic)).toBe(true);

    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ mobile: { passwordHash: 'h' } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['settings.json']);
  });

  it('leaves a value that is set where it is told to', async () => {
    const path = join(folder(), 'settings.json');
    writeFileSync(path, '{ "mobile": { "passwordHash": "first" } }');

    expect(await writeSetting(path, ['mobile', 'passwordHash'], 'second', writeFileAtomic, { unlessSet: true })).toBe(false);
    expect(readFileSync(path, 'utf8')).toContain('first');
  });

  it('follows a link and keeps it', async () => {
    const home = folder();
    writeFileSync(join(home, 'real.json'), '{ "a": 1 }');
    symlinkSync('real.json', join(home, 'settings.json'));

    await writeSetting(join(home, 'settings.json'), ['a'], 2, writeFileAtomic);

    expect(readFileSync(join(home, 'real.json'), 'utf8')).toBe('{ "a": 2 }');
  });

  it('loses none of many at once', async () => {
    const path = join(folder(), 'settings.json');
    writeFileSync(path, '{}');

    await Promise.all(Array.from({ length: 8 }, (_, n) => writeSetting(path, [`key${n}`], n, writeFileAtomic)));

    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).sort()).toEqual(Array.from({ length: 8 }, (_, n) => `key${n}`));
  });
});

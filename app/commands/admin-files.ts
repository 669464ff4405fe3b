import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes sure that what was written to a file or directory is on the disk. */
export function syncPath(target: string): void {
  const handle = openSync(target, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes a file that only its owner can read, and waits until it is on the disk. */
export function writeDurably(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  syncPath(file);
  syncPath(path.dirname(file));
}

/** Renames over what is there, at once or not at all, and waits until that is on the disk. */
export function moveIntoPlace(from: string, to: string): void {
  renameSync(from, to);
  syncPath(path.dirname(path.resolve(to)));
}

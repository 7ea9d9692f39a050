import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of what others wrote, or of what is built. */
const notOurs = new Set(['node_modules', 'dist', '.git', '.cache', '.n8n-user']);

/** The paths of all files below a folder that are the project's own. */
export const filesIn = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesIn(path);
		return entry.isFile() ? [path] : [];
	});

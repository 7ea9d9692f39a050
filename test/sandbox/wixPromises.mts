import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const packages = join(__dirname, '../../node_modules/@wix');

function declarationsOf(name: string): string {
	const folder = join(packages, name, 'build/cjs');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.d.ts'))
		.map((file) => readFileSync(join(folder, file), 'utf8'))
		.join('\n');
}

/**
 * The paths that a function of Wix's SDK promises not to be null (its return type wraps `NonNullablePaths`), read from the
 * declarations of its package. Such as `contact.info.emails.items.${number}.email`.
 */
export function promisedPaths(packageName: string, functionName: string): string[] {
	const declared = new RegExp(
		`declare function ${functionName}\\([^\\n]*?Promise<NonNullablePaths<\\w+, ([^>]*?), \\d+>`,
	).exec(declarationsOf(packageName));
	if (!declared?.[1]) throw new Error(`${packageName} declares no promise of ${functionName}.`);
	return declared[1].split('|').map((path) => path.trim().replace(/^`|`$/g, ''));
}

const isMissing = (value: unknown) => value === undefined || value === null;

function isBroken(value: unknown, [segment, ...rest]: string[]): boolean {
	if (segment === undefined) return isMissing(value);
	// A promise below something that is absent holds: only the last step is promised.
	if (isMissing(value)) return false;
	if (segment === '${number}') {
		return Array.isArray(value) && value.some((entry) => isBroken(entry, rest));
	}
	const next = (value as Record<string, unknown>)[segment];
	return isMissing(next) ? rest.length === 0 : isBroken(next, rest);
}

/** The promised paths that this value breaks. */
export const brokenPromises = (value: unknown, paths: readonly string[]): string[] =>
	paths.filter((path) => isBroken(value, path.split('.')));

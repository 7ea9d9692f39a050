import { isScalar, jsonText } from '../normalize';
import { isJsonObject } from '../paths';
import type { JsonObject, LinkRow, Pending } from './types';

/**
 * The one place that turns the columns of a link row into values and back. Reading never throws: a column that cannot be used
 * comes back as `undefined` or `unusable`, and the caller says which one.
 */

/** Stands for what a column cannot hold, such as a list; no text of a person is the same. */
export const unusable = '\u0000';

/** A column as trimmed text: '' where there is none, `unusable` for what is no text. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value === null || value === undefined) return '';
	return isScalar(value) ? String(value) : unusable;
}

/** A column with JSON text in it; n8n may hand it over parsed. */
export function jsonOf(value: unknown): string {
	return isScalar(value) || value === undefined ? textOf(value) : (jsonText(value) ?? unusable);
}

/** The states of a link row; a person types each but the last. */
export const linkStates: ReadonlyArray<LinkRow['state']> = [
	'linked',
	'unlinked',
	'keepApart',
	'ignored',
	'removed',
];

export const isLinkState = (text: string): text is LinkRow['state'] =>
	linkStates.some((state) => state === text);

const nothing: JsonObject = Object.freeze({});
const noPending: readonly Pending[] = Object.freeze([]);

/** `LinkRow.lastSynced` as property key to value; undefined where it is no object of single values. Never change it in place. */
export function readBase(column: unknown): JsonObject | undefined {
	const text = jsonOf(column);
	if (text === '' || text === 'null') return nothing;
	const value = parseJson(text);
	return isJsonObject(value) && holdsScalars(value) ? value : undefined;
}

/** As `LinkRow.lastSynced` holds it. */
export function baseText(base: JsonObject): string {
	for (const _key in base) return JSON.stringify(base);
	return '';
}

/** `LinkRow.pending` as entries, oldest first; undefined where it is no list of them. Never change it in place. */
export function readPending(column: unknown): readonly Pending[] | undefined {
	const text = jsonOf(column);
	if (text === '' || text === 'null') return noPending;
	const value = parseJson(text);
	if (!Array.isArray(value)) return undefined;
	return value.every(isPending) ? value : undefined;
}

/** As `LinkRow.pending` holds it. */
export const pendingText = (entries: readonly Pending[]): string =>
	entries.length === 0 ? '' : JSON.stringify(entries);

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function holdsScalars(json: JsonObject): boolean {
	for (const key in json) if (!isScalar(json[key])) return false;
	return true;
}

const operations: ReadonlySet<unknown> = new Set<Pending['operation']>([
	'update',
	'create',
	'deactivate',
	'delete',
	'verify',
]);
const sides: ReadonlySet<unknown> = new Set(['wix', 'users']);
const outcomes: ReadonlySet<unknown> = new Set<Pending['outcome']>([
	'announced',
	'held',
	'sent',
	'refused',
	'refusedForNow',
	'gone',
	'moved',
	'present',
]);
const reasons: ReadonlySet<unknown> = new Set<Pending['reason']>([
	'wixEdited',
	'userEdited',
	'policy',
	'answer',
	'firstLink',
	'fillEmpty',
	'putBack',
	'missing',
	'vanished',
	'unseen',
]);

const isOptionalText = (value: unknown) => value === undefined || typeof value === 'string';
const isTextList = (value: unknown) =>
	Array.isArray(value) && value.every((each) => typeof each === 'string');

function isPending(value: unknown): value is Pending {
	if (!isJsonObject(value)) return false;
	const { operation, side, outcome, from, to, defaults, others, allowDuplicates } = value;
	if (!operations.has(operation) || !sides.has(side) || !outcomes.has(outcome)) return false;
	const isRemoval = operation === 'deactivate' || operation === 'delete';
	return (
		reasons.has(value.reason) &&
		typeof value.property === 'string' &&
		typeof value.field === 'string' &&
		typeof value.at === 'string' &&
		(isScalar(from) || (isRemoval && isJsonObject(from) && holdsScalars(from))) &&
		isScalar(to) &&
		isOptionalText(value.until) &&
		isOptionalText(value.code) &&
		isOptionalText(value.after) &&
		(others === undefined || isTextList(others)) &&
		(defaults === undefined || isJsonObject(defaults)) &&
		(allowDuplicates === undefined || typeof allowDuplicates === 'boolean')
	);
}

/** n8n's own columns, by their names in a row of any table. */
type Own = Partial<Pick<LinkRow, 'id' | 'createdAt' | 'updatedAt'>>;

/** n8n's columns of a known row: by them it is saved only if nobody saved it since. */
export const ownColumns = ({ id, createdAt, updatedAt }: Own): Own => ({
	...(id === undefined ? {} : { id }),
	...(createdAt === undefined ? {} : { createdAt }),
	...(updatedAt === undefined ? {} : { updatedAt }),
});

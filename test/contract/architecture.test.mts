import { atLeast } from '../../runtime/entries.mts';
import { readDiagram } from './diagram.mts';
import { circleIn, readImports } from './imports.mts';

const { boxes, packages, frames, arrows } = readDiagram('docs/architecture.md');
const imports = readImports();
const shipped = frames.get('package') ?? new Set();

/** Longest first: a folder inside another one has a box of its own. */
const byLength = [...boxes].sort(([, one], [, other]) => other.length - one.length);

/** The box that a file is in; a box can be the beginning of file names. */
function boxOf(file: string): string | undefined {
	return byLength.find(
		([, path]) =>
			file.startsWith(`${path}/`) ||
			(file.startsWith(path) && /^\w*\.m?ts$/.test(file.slice(path.length))),
	)?.[0];
}

const boxesIn = (name: string): string[] => [...(frames.get(name) ?? [name])];

/** Every arrow from box to box, or to a package; those of frames taken apart. */
const allowed = new Set(
	arrows.flatMap(([from, to]) =>
		boxesIn(from).flatMap((one) => boxesIn(to).map((other) => `${one} --> ${other}`)),
	),
);

/** The real arrows, each with the imports behind it. */
const real = new Map<string, string[]>();
function note(from: string | undefined, to: string | undefined, behind: string): void {
	if (from === undefined || to === undefined || from === to) return;
	const key = `${from} --> ${to}`;
	real.set(key, [...(real.get(key) ?? []), behind]);
}
const nameOfPackage = new Map([...packages].map(([name, label]) => [label, name]));
for (const [file, { files, packages: used }] of imports) {
	const from = boxOf(file);
	for (const target of files) note(from, boxOf(target), `${file} imports ${target}`);
	for (const name of used)
		if (from !== undefined && shipped.has(from))
			note(from, nameOfPackage.get(name) ?? name, `${file} imports ${name}`);
}

test('the diagram and the tree were read', () => {
	expect([boxes.size, packages.size, arrows.length].every((count) => count > 0)).toBe(true);
	expect(imports.size).toBeGreaterThan(400);
	expect(real.get('decide --> read')?.length).toBeGreaterThan(3);
});

test('every file is in a box, and every box has files', () => {
	const used = new Map([...imports.keys()].map((file) => [file, boxOf(file)]));
	expect([...used].filter(([, box]) => box === undefined)).toEqual([]);
	expect([...boxes.keys()].filter((box) => ![...used.values()].includes(box))).toEqual([]);
});

test('no import without an arrow', () => {
	const missing = [...real].filter(([key]) => !allowed.has(key));
	expect(missing).toEqual([]);
});

test('no arrow without an import', () => {
	const idle = arrows.filter(
		([from, to]) =>
			!boxesIn(from).some((one) => boxesIn(to).some((other) => real.has(`${one} --> ${other}`))),
	);
	expect(idle).toEqual([]);
});

test('every name in an arrow is a box, a frame or a package', () => {
	const names = new Set([...boxes.keys(), ...frames.keys(), ...packages.keys()]);
	expect(arrows.flat().filter((name) => !names.has(name))).toEqual([]);
});

test('no circle between boxes', () => {
	const next = new Map<string, Set<string>>();
	for (const key of real.keys()) {
		const [from, to] = atLeast(key.split(' --> '), 2);
		next.set(from, (next.get(from) ?? new Set()).add(to));
	}
	expect(circleIn(next)).toBeUndefined();
});

test('no circle between files of the package', () => {
	const files = [...imports].filter(([file]) => shipped.has(boxOf(file) ?? ''));
	const next = new Map(files.map(([file, { files: targets }]) => [file, targets]));
	expect(circleIn(next)).toBeUndefined();
});

test('nothing that the engine leads to imports a package', () => {
	const open = [...imports.keys()].filter((file) => boxOf(file) === 'engine');
	const seen = new Set(open);
	const found: string[] = [];
	for (const file of open) {
		const { files, packages: used } = imports.get(file) ?? { files: [], packages: [] };
		found.push(...used.map((name) => `${file} imports ${name}`));
		for (const target of files) {
			if (!seen.has(target)) open.push(target);
			seen.add(target);
		}
	}
	expect(found).toEqual([]);
	expect(open.length).toBeGreaterThan(45);
});

test('a stage of the engine is entered through its door, and nothing of a plan goes back', () => {
	const stage = (file: string) => /^nodes\/MatchAndMap\/engine\/(\w+)\//.exec(file)?.[1];
	const crossings = [...imports].flatMap(([file, { files }]) =>
		files
			.filter((target) => file.startsWith('nodes/') && stage(target) !== undefined)
			.filter((target) => stage(target) !== stage(file))
			.map((target) => ({ file, target })),
	);
	expect(new Set(crossings.map(({ target }) => stage(target))).size).toBe(7);
	expect(crossings.filter(({ target }) => !target.endsWith('/index.ts'))).toEqual([]);
	const order = ['rules', 'ask', 'read', 'pair', 'decide', 'release', 'tell'];
	const back = crossings.filter(
		({ file, target }) =>
			stage(file) !== undefined &&
			order.indexOf(stage(file) ?? '') < order.indexOf(stage(target) ?? ''),
	);
	expect(back).toEqual([]);
});

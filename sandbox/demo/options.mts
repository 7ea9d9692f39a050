import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SetupError } from '../../runtime/setupError.mts';
import { builtInDay } from './day.mts';
import { changingLogins, flows, type Flow } from './flow.mts';
import { parseScenario, type Step } from './scenario.mts';
import { systems, type System } from './system.mts';

export interface DemoOptions {
	/** End after the day instead of leaving the editor open. */
	once: boolean;
	/** What is kept in sync with the users. */
	flow: Flow;
	/** Where the users live. */
	system: System;
	people: number;
	seed: number;
	/** Where the result is written as JSON. */
	json?: string | undefined;
	/** The editor's port; 0: any free one. */
	port: number;
	/** Keep n8n's data in `folder` for the next time. */
	keep: boolean;
	folder: string;
	/** Real accounts only: write, after a typed confirmation, instead of only showing the plan. */
	write: boolean;
	/** A packed package to install instead of building one. */
	package?: string | undefined;
	steps: Step[];
}

export const usage = `npm start -- [options]

  --once           play the day and end (exit code 0: in sync, 1: not, 2: could not be set up)
  --system NAME    where the users live: youTrack (the default), okta or scim
  --members        keep site members in sync instead of contacts
  --change-logins  with --members: also try to change login emails in Wix (experimental)
  --people N       people on each side of the sandbox (5000)
  --seed N         which people (1)
  --port N         the editor's port (5678; with --once any free one)
  --keep           keep n8n's data (tables, history) for the next time; the workflow is imported anew
  --folder DIR     where it is kept (.n8n-user)
  --json FILE      write the result there, too
  --scenario FILE  play these edits instead of the built-in day
  --package FILE   install this packed package instead of building one
  --write          real accounts only: write, after you confirmed it

Real accounts are used instead of the sandbox when WIX_API_KEY, WIX_SITE_ID and those of the system
(YOUTRACK_URL and YOUTRACK_TOKEN, OKTA_URL and OKTA_TOKEN, or SCIM_URL and SCIM_TOKEN) are set in the
environment or in .env (see .env.example).
`;

/** Reads the command line; throws SetupError for anything it does not know. */
export function parseOptions(commandLine: string[]): DemoOptions | 'help' {
	const { values } = parse(commandLine);
	if (values.help) return 'help';
	const flow = flowIn(values);
	const system = systemNamed(values.system);
	return {
		flow,
		system,
		once: values.once ?? false,
		people: wholeNumber('people', values.people, 5000),
		seed: wholeNumber('seed', values.seed, 1),
		port: wholeNumber('port', values.port, values.once ? 0 : 5678),
		keep: values.keep ?? false,
		folder: values.folder ?? '.n8n-user',
		write: values.write ?? false,
		json: values.json,
		package: values.package,
		steps:
			values.scenario === undefined ? builtInDay(flow.name, system) : readScenario(values.scenario),
	};
}

function parse(commandLine: string[]) {
	try {
		return parseArgs({
			args: commandLine,
			options: {
				help: { type: 'boolean', short: 'h' },
				once: { type: 'boolean' },
				members: { type: 'boolean' },
				'change-logins': { type: 'boolean' },
				system: { type: 'string' },
				keep: { type: 'boolean' },
				write: { type: 'boolean' },
				people: { type: 'string' },
				seed: { type: 'string' },
				port: { type: 'string' },
				json: { type: 'string' },
				folder: { type: 'string' },
				scenario: { type: 'string' },
				package: { type: 'string' },
			},
		});
	} catch (error) {
		throw new SetupError(`${(error as Error).message}\n\n${usage}`);
	}
}

function flowIn(values: { members?: boolean; 'change-logins'?: boolean }): Flow {
	const changesLogins = values['change-logins'] ?? false;
	if (changesLogins && !values.members) {
		throw new SetupError('--change-logins is for members: give --members, too.');
	}
	if (changesLogins) return changingLogins;
	return values.members ? flows.members : flows.contacts;
}

function systemNamed(name = systems.youTrack.name as string): System {
	const all = Object.values(systems);
	const found = all.find((system) => system.name === name);
	if (found) return found;
	const names = all.map((system) => system.name).join(', ');
	throw new SetupError(`--system must be one of ${names}, not "${name}".`);
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	if (/^\d+$/.test(text)) return Number(text);
	throw new SetupError(`--${name} must be a whole number, not "${text}".`);
}

function readScenario(file: string): Step[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new SetupError(`--scenario: ${file} cannot be read.`);
	}
	return parseScenario(text, file);
}

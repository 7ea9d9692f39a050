import { createHash } from 'node:crypto';

export type Position = readonly [x: number, y: number];
export type Parameters = Record<string, unknown>;

/** A step as an n8n workflow holds it, without its id. */
export interface Step {
	name: string;
	type: string;
	typeVersion: number;
	position: Position;
	parameters: Parameters;
	/** `onError`, `executeOnce`, `alwaysOutputData` and the like. */
	settings?: Readonly<Record<string, unknown>>;
}

export interface Note {
	name: string;
	at: Position;
	size: readonly [width: number, height: number];
	/** Markdown. */
	content: string;
	color?: number;
}

interface Target {
	node: string;
	type: 'main';
	index: number;
}

/** The colours of notes: what to read first, the settings, everything else. */
export const noteColor = { overview: 4, settings: 5, plain: 7 } as const;

const HEX = { version: 0x50, variant: 0x80 };

/** A UUID that is always the same for the same text, so that a generated file changes only where its content does. */
export function uuidOf(text: string): string {
	const bytes = createHash('sha1').update(text).digest().subarray(0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | HEX.version;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | HEX.variant;
	const hex = bytes.toString('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20),
	].join('-');
}

/** Collects the steps, connections and notes of one workflow. Names are unique; a second step of one name is an error. */
export class Workflow {
	private readonly nodes: Array<Record<string, unknown> & { name: string }> = [];
	private readonly connections = new Map<string, Target[][]>();

	/** @param settings of the workflow, beside the execution order */
	constructor(
		readonly name: string,
		private readonly settings: Readonly<Record<string, string | boolean>> = {},
	) {}

	/** @returns the name of the step, to connect it by */
	add({ settings = {}, ...step }: Step): string {
		if (this.has(step.name)) throw new Error(`Two steps are named ${step.name}`);
		const id = uuidOf(`${this.name}/${step.name}`);
		this.nodes.push({ id, ...step, position: [...step.position], ...settings });
		return step.name;
	}

	note({ name, at, size: [width, height], content, color = noteColor.plain }: Note): void {
		this.add({
			name,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: at,
			parameters: { content, width, height, color },
		});
	}

	/** Connects an output of one step with an input of another. */
	connect(from: string, to: string, ends: { output?: number; input?: number } = {}): void {
		const { output = 0, input = 0 } = ends;
		for (const name of [from, to]) {
			if (!this.has(name)) throw new Error(`There is no step named ${name}`);
		}
		const outputs = this.connections.get(from) ?? [];
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index: input });
		this.connections.set(from, outputs);
	}

	/** Connects the first outputs of steps that follow one another. */
	chain(...names: string[]): void {
		for (let index = 1; index < names.length; index++) {
			this.connect(names[index - 1] ?? '', names[index] ?? '');
		}
	}

	/** The workflow as it is imported: inactive, without ids of an instance, its time zone left to n8n. */
	toJson(): string {
		const connections = Object.fromEntries(
			[...this.connections].map(([from, main]) => [from, { main }]),
		);
		const workflow = {
			name: this.name,
			nodes: this.nodes,
			connections,
			active: false,
			settings: { executionOrder: 'v1', ...this.settings },
			pinData: {},
			meta: { templateCredsSetupCompleted: false },
		};
		return `${JSON.stringify(workflow, undefined, '\t')}\n`;
	}

	private has(name: string): boolean {
		return this.nodes.some((node) => node.name === name);
	}
}

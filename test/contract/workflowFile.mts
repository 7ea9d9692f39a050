import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	onError?: string;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
}

interface Target {
	node: string;
	type: string;
	index: number;
}

interface Template {
	name: string;
	active: boolean;
	settings: Record<string, unknown>;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Target[][] }>;
}

const folder = 'templates';
const NOTE = 'n8n-nodes-base.stickyNote';

export const workflowFiles = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** A shipped workflow, and questions about it that tests ask. */
export class WorkflowFile {
	readonly text: string;
	readonly template: Template;

	constructor(readonly file: string) {
		this.text = readFileSync(join(folder, file), 'utf8');
		this.template = JSON.parse(this.text) as Template;
	}

	get steps(): WorkflowNode[] {
		return this.template.nodes.filter(({ type }) => type !== NOTE);
	}

	get notes(): WorkflowNode[] {
		return this.template.nodes.filter(({ type }) => type === NOTE);
	}

	/** @throws when there is no such step */
	step(name: string): WorkflowNode {
		const found = this.template.nodes.find((node) => node.name === name);
		if (!found) throw new Error(`${this.file} has no step ${name}`);
		return found;
	}

	has(name: string): boolean {
		return this.template.nodes.some((node) => node.name === name);
	}

	targetsOf(name: string, output: number): Target[] {
		return this.template.connections[name]?.main[output] ?? [];
	}

	/** The steps that come after a step, by any of its outputs. */
	reachedFrom(name: string, seen = new Set<string>()): Set<string> {
		for (const { node } of this.template.connections[name]?.main.flat() ?? []) {
			if (seen.has(node)) continue;
			seen.add(node);
			this.reachedFrom(node, seen);
		}
		return seen;
	}

	/** Where steps and notes overlap, as `one / the other`. n8n draws a step 96 wide and high; its name stands below, in up to two lines and some 200 wide. */
	overlaps(): string[] {
		const boxes = this.notes.map(({ name, position: [x, y], parameters }) => ({
			name,
			left: x,
			right: x + Number(parameters.width),
			top: y,
			bottom: y + Number(parameters.height),
		}));
		const steps = this.steps.map((step) => this.footprint(step));
		const pairs = [
			...boxes.flatMap((box) => [...steps, ...boxes].map((other) => [box, other] as const)),
			...steps.flatMap((one) => steps.map((other) => [one, other] as const)),
		];
		return pairs
			.filter(([one, other]) => one.name !== other.name)
			.filter(([one, other]) => one.left < other.right && other.left < one.right)
			.filter(([one, other]) => one.top < other.bottom && other.top < one.bottom)
			.map(([one, other]) => `${one.name} / ${other.name}`);
	}

	private footprint({ name, onError, position: [x, y] }: WorkflowNode) {
		const outputs = this.template.connections[name]?.main.length ?? 1;
		const height = 96 + Math.max(0, outputs - (onError === undefined ? 2 : 3)) * 40;
		return { name, left: x - 40, right: x + 136, top: y, bottom: y + height + 50 };
	}
}

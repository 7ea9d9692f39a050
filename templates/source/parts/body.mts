import { limit } from '../lib/steps.mts';
import type { Parameters, Position, Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';
import { readAndPlan } from './read.mts';
import { finish, type RunEnds } from './report.mts';
import { saveMatters } from './review.mts';
import { saveLinks } from './saveLinks.mts';
import { write } from './write.mts';

/** How far the body reaches above and below its middle. */
export const bodyReach = { above: 600, below: 900 };

interface Body {
	readers: string[];
	plan: string;
	count: string;
	last: string;
}

interface BodyOptions {
	/** Height of its middle on the canvas; it begins at the left edge. */
	y: number;
	run: RunEnds;
	/** What Match & Map has of its own here. */
	plan?: Parameters;
	/** How many changes a run sends to each side, as an expression; all of them if it is left out. */
	most?: string;
}

/**
 * One data flow from reading to counting. n8n runs the branches of Match & Map from the topmost down, so the links come first
 * and the report last.
 */
export function syncBody(workflow: Workflow, words: FlowWords, options: BodyOptions): Body {
	const { y, run } = options;
	const { readers, plan } = readAndPlan(workflow, words, [0, y], options.plan);
	const save = saveLinks(workflow, words, [500, y - 420]);
	const shift = options.most === undefined ? 0 : 220;
	const writers = write(workflow, words, [500 + shift, y - 20]);
	const wait = saveMatters(workflow, words, [500, y + 520]);
	const report = finish(workflow, words, writers, [500, y + 720], run);
	const toUsers = firstOf(workflow, writers.users, [500, y - 20], options.most);
	const toWix = firstOf(workflow, writers.wix, [500, y + 200], options.most);
	[save, toUsers, toWix, wait, report.first].forEach((step, output) =>
		workflow.connect(plan, step, { output }),
	);
	addNotes(workflow, words, y, shift);
	return { readers, plan, count: report.count, last: report.last };
}

/** A limit before a writer; the writer itself without one. */
function firstOf(
	workflow: Workflow,
	writer: string,
	position: Position,
	most: string | undefined,
): string {
	if (most === undefined) return writer;
	const name = `Take a slice: ${writer.charAt(0).toLowerCase()}${writer.slice(1)}`;
	const slice = workflow.add(limit({ name, position }, most));
	workflow.connect(slice, writer);
	return slice;
}

function addNotes(workflow: Workflow, { suffix }: FlowWords, y: number, shift: number): void {
	workflow.note({
		name: `Note: read${suffix}`,
		at: [-10, y - 400],
		size: [270, 150],
		content:
			'### 1 · Read\nBoth systems and the links, side by side. If one of them cannot be read, the run stops here and nothing is written.',
	});
	workflow.note({
		name: `Note: plan${suffix}`,
		at: [50, y + 360],
		size: [270, 190],
		color: 5,
		content:
			'### 2 · Plan\nCompares everything with what was last seen equal and plans the fewest writes. It reads and writes nothing itself. Open it to choose who is linked and how odd cases are decided.',
	});
	workflow.note({
		name: `Note: links${suffix}`,
		at: [1180, y - 600],
		size: [380, 150],
		content:
			'### 3 · Save the links first\nEvery write is noted in its row before it is sent, so a run that dies half way is finished by the next one. This branch must stay the topmost: branches run from top to bottom.',
	});
	workflow.note({
		name: `Note: write${suffix}`,
		at: [1640 + shift, y - 50],
		size: [300, 220],
		content:
			'### 4 · Write, and keep the results\nOne change after the other, users first. A record that changed meanwhile is left alone. What came of each is saved in its link and in the table `wix_user_sync_history`, even when others fail. *Error* gives the changes that could not be sent.',
	});
	workflow.note({
		name: `Note: review${suffix}`,
		at: [1410, y + 510],
		size: [470, 130],
		content:
			'### 5 · What waits for you\nThe table `wix_user_sync_review` lists every open matter and how to decide it. The workflow *Review and decide* asks you in a form.',
	});
	workflow.note({
		name: `Note: report${suffix}`,
		at: [460, y + 920],
		size: [880, 110],
		content:
			'### 6 · Report\n*Show the report* draws the page. What this run did not meet again leaves the review table, old history is removed, and the outcomes are counted. A run in which a write did not go through ends as failed.',
	});
}

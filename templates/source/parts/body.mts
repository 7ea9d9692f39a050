import type { Parameters, Workflow } from '../lib/workflow.mts';
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
	count: string;
	last: string;
}

interface BodyOptions {
	/** Height of its middle on the canvas; it begins at the left edge. */
	y: number;
	run: RunEnds;
	/** What Match & Map has of its own here. */
	plan?: Parameters;
}

/**
 * One data flow from reading to counting. n8n runs the branches of Match & Map from the topmost down, so the links come first
 * and the report last.
 */
export function syncBody(workflow: Workflow, words: FlowWords, options: BodyOptions): Body {
	const { y, run } = options;
	const { readers, plan } = readAndPlan(workflow, words, [0, y], options.plan);
	const save = saveLinks(workflow, words, [500, y - 420]);
	const writers = write(workflow, words, [500, y - 20]);
	const wait = saveMatters(workflow, words, [500, y + 520]);
	const report = finish(workflow, words, writers, [500, y + 720], run);
	[save, writers.users, writers.wix, wait, report.first].forEach((step, output) =>
		workflow.connect(plan, step, { output }),
	);
	addNotes(workflow, words, y);
	return { readers, count: report.count, last: report.last };
}

function addNotes(workflow: Workflow, { suffix }: FlowWords, y: number): void {
	workflow.note({
		name: `Note: read${suffix}`,
		at: [-60, y - 400],
		size: [270, 150],
		content:
			'### 1 · Read\nBoth systems and the links, side by side. If one of them cannot be read, the run stops here and nothing is written.',
	});
	workflow.note({
		name: `Note: plan${suffix}`,
		at: [170, y + 290],
		size: [260, 240],
		color: 5,
		content:
			'### 2 · Plan\nCompares everything with what was last seen equal and plans the fewest writes. It reads and writes nothing itself. Open it to choose who is linked and how odd cases are decided.',
	});
	workflow.note({
		name: `Note: links${suffix}`,
		at: [1180, y - 600],
		size: [380, 170],
		content:
			'### 3 · Save the links first\nEvery write is noted in its row before it is sent, so a run that dies half way is finished by the next one. This branch must stay the topmost: branches run from top to bottom.',
	});
	workflow.note({
		name: `Note: write${suffix}`,
		at: [1580, y - 50],
		size: [300, 290],
		content:
			'### 4 · Write, and keep the results\nOne change after the other, users first. A record that changed meanwhile is left alone. What came of each is saved in its link and in the table `wix_user_sync_history`, even when others fail. *Error* gives the changes that could not be sent.',
	});
	workflow.note({
		name: `Note: review${suffix}`,
		at: [900, y + 510],
		size: [620, 110],
		content:
			'### 5 · What waits for you\nThe table `wix_user_sync_review` lists every open matter and how to decide it. The workflow *Review and decide* asks you in a form.',
	});
	workflow.note({
		name: `Note: report${suffix}`,
		at: [460, y + 900],
		size: [880, 110],
		content:
			'### 6 · Report\n*Show the report* draws the page. What this run did not meet again leaves the review table, old history is removed, and the outcomes are counted. A run in which a write did not go through ends as failed.',
	});
}

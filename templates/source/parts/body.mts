import { canvas, ROW_Y } from '../lib/grid.mts';
import { limit } from '../lib/steps.mts';
import { noteColor, type Parameters, type Position, type Workflow } from '../lib/workflow.mts';
import { bodyReach, usualBody, type BodyLayout } from './bodyLayout.mts';
import type { FlowWords } from './names.mts';
import { readAndPlan } from './read.mts';
import { finish, type RunEnds } from './report.mts';
import { saveMatters } from './review.mts';
import { saveLinks } from './saveLinks.mts';
import { write } from './write.mts';

interface Body {
	readers: string[];
	plan: string;
	count: string;
	last: string;
}

interface BodyOptions {
	/** Height of its middle on the canvas. */
	y: number;
	layout?: BodyLayout;
	run: RunEnds;
	/** What Match & Map has of its own here. */
	plan?: Parameters;
}

/** Heights of the branches, from the middle of a body. n8n runs them from the topmost down. */
const branch = { links: -432, users: -16, wix: 208, review: 496, report: bodyReach.report };

/**
 * One data flow from reading to counting. n8n runs the branches of Match & Map from the topmost down, so the links come first
 * and the report last.
 */
export function syncBody(workflow: Workflow, words: FlowWords, options: BodyOptions): Body {
	const { y, run, layout = usualBody } = options;
	const { first, pitch } = layout;
	const { readers, plan } = readAndPlan(workflow, words, [layout.readers, y], options.plan, {
		gap: layout.plan - layout.readers,
	});
	const save = saveLinks(workflow, words, [first, y + branch.links], pitch);
	const writersX = run.most === undefined ? first : first + pitch;
	const writers = write(workflow, words, [writersX, y + branch.users], pitch);
	const wait = saveMatters(workflow, words, [first, y + branch.review], pitch);
	const report = finish(workflow, words, writers, [first, y + branch.report], run, pitch);
	const toUsers = firstOf(workflow, writers.users, [first, y + branch.users], run.most);
	const toWix = firstOf(workflow, writers.wix, [first, y + branch.wix], run.most);
	[save, [toUsers], [toWix], [wait], [report.first]].forEach((steps, output) =>
		steps.forEach((step) => workflow.connect(plan, step, { output })),
	);
	addNotes(workflow, words, y, layout);
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
	const slice = workflow.add(limit({ name, position }, `={{ ${most} }}`));
	workflow.connect(slice, writer);
	return slice;
}

function addNotes(
	workflow: Workflow,
	{ suffix }: FlowWords,
	y: number,
	{ first, pitch, notes }: BodyLayout,
): void {
	const place = ({ at: [x, dy], size }: (typeof notes)['read']) => ({
		at: [x, y + dy] as const,
		size,
	});
	// Right of the branch that saves the links and of the free ends of its steps
	const notesX = first + 3 * pitch + 16;
	const notesWidth = Math.min(528, canvas.right - notesX);
	workflow.note({
		name: `Note: read${suffix}`,
		...place(notes.read),
		content:
			'### 1 · Read\nBoth systems and the links, side by side. If one of them cannot be read, the run stops here and nothing is written.',
	});
	workflow.note({
		name: `Note: plan${suffix}`,
		...place(notes.plan),
		color: noteColor.settings,
		content:
			'### 2 · Plan\n**Match & Map** compares everything with what was last seen equal and plans the fewest writes. It reads and writes nothing itself. Open it to choose who is linked and how odd cases are decided.',
	});
	workflow.note({
		name: `Note: links${suffix}`,
		at: [notesX, y + branch.links - ROW_Y],
		size: [notesWidth, notes.linksHeight],
		content:
			'### 3 · Save the links first\nEvery write is noted in its row before it is sent, so a run that dies half way is finished by the next one. These three branches must stay the topmost: n8n runs them from top to bottom.',
	});
	workflow.note({
		name: `Note: write${suffix}`,
		at: [notesX, y + branch.links + ROW_Y],
		size: [notesWidth, notes.writeHeight],
		content:
			'### 4 · Write, and keep the results\nOne change after the other, users first. A record that changed meanwhile is left alone. What came of each is saved in its link and in the table `wix_user_sync_history`, even when others fail. *Error* gives the changes that could not be sent.',
	});
	workflow.note({
		name: `Note: review${suffix}`,
		...place(notes.review),
		content:
			'### 5 · What waits for you\nThe table `wix_user_sync_review` lists every open matter and how to decide it. The workflow *Review and decide* asks you in a form.',
	});
	workflow.note({
		name: `Note: report${suffix}`,
		...place(notes.report),
		content:
			'### 6 · Report\n*Show the report* draws the page. What this run did not meet again leaves the review table, old history is removed, and the outcomes are counted. A run in which a write did not go through ends as failed.',
	});
}

import { playWorkflow } from '../contract/playWorkflow.mts';
import { WorkflowFile } from '../contract/workflowFile.mts';

const review = new WorkflowFile('review-and-decide.json');

/**
 * What the review form hands to n8n as HTML, with `evil` in everything that is asked; titles and choices are text for n8n. The
 * other workflows put no text of a record into a page, or put it there without any element (`test/contract`).
 */
export async function hostileReviewPage(evil: string): Promise<string> {
	const question = {
		...{ who: evil, question: [evil, evil, evil].join(' and '), answers: `done: ${evil}` },
		state: 'open',
	};
	const { pages } = await playWorkflow(review, {
		start: 'Open the form',
		tables: { wix_user_sync_review: [question] },
	});
	const [page] = pages.filter(({ step }) => step === 'Decide');
	if (page === undefined) throw new Error('Nothing was asked');
	return `<!doctype html><html><head><title>A page</title></head><body><p>${page.description}</p></body></html>`;
}

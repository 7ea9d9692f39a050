import type { ReviewReason } from './contract';
import { hashText } from './hash';

/**
 * The id of a matter for review: the same for the same flow, reason and records, in whatever order the ids come, so that
 * the matter stays one row from run to run. `ids` are those of both sides together.
 */
export function reviewId(flow: string, reason: ReviewReason, ids: readonly string[]): string {
	return hashText(JSON.stringify([flow, reason, ...[...ids].sort()]));
}

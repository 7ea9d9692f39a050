import type { INodeTypeDescription } from 'n8n-workflow';

/**
 * Two outputs for Apply Changes, one for each of `others`. Two also where the operation is not known, as where n8n hides the
 * parameter: the error output, which comes after the others, must not change its place.
 */
export const outputsUnless = (others: readonly string[]): INodeTypeDescription['outputs'] =>
	`={{ ${JSON.stringify(others)}.includes($parameter["operation"]) ? ["main"] : [{ type: "main", displayName: "Rows" }, { type: "main", displayName: "History" }] }}`;

/** What a workflow is put through, in this order. */
export const phases = ['first link', 'day of edits', 'run after it', 'idle run'] as const;
export type Phase = (typeof phases)[number];

import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';

export function notFound(context: IExecuteFunctions, id: string, itemIndex: number): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{ message: 'not found' },
		{
			message: `Wix has no contact ${id}`,
			description:
				'It was deleted, or it belongs to another site. Check the ID, and the site ID in the credential.',
			httpCode: '404',
			itemIndex,
		},
	);
}

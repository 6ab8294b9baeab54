import {
  applyDecorators,
  SetMetadata,
  StreamableFile,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';
import { pageOf, sortedBy, type ListQuery, type Page } from '@app/persistence';
import { Services } from '../services.js';
import { exportList, XLSX } from './export.js';
import type { Format } from './list-options.dto.js';

const LIST_NAME = 'eparking:list-name';

/**
 * The handler returns what to list; this reads it: a page as `{rows,total}`, or the whole as CSV or XLSX.
 * The handler's query class extends ListOptions.
 * @param row what a row looks like, for the published description
 * @param name of the exported file
 * @param sums what the sums over the whole list look like, where it has them
 */
export function ListOf(row: Type, name: string, sums?: Type): MethodDecorator {
  return applyDecorators(
    SetMetadata(LIST_NAME, name),
    UseInterceptors(ListInterceptor),
    ApiExtraModels(row, ...(sums ? [sums] : [])),
    ApiOkResponse({
      description: 'One page, or with `format` the whole list as a file.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['rows', 'total', ...(sums ? ['sums'] : [])],
            properties: {
              rows: { type: 'array', items: { $ref: getSchemaPath(row) } },
              total: { type: 'integer', description: 'Rows of the whole list.' },
              ...(sums && { sums: { $ref: getSchemaPath(sums), description: 'Over the whole list, not the page.' } }),
            },
          },
        },
        'text/csv': { schema: { type: 'string' } },
        [XLSX]: { schema: { type: 'string', format: 'binary' } },
      },
    }),
  );
}

@Injectable()
export class ListInterceptor implements NestInterceptor {
  constructor(
    private readonly services: Services,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<Page<object> | StreamableFile> {
    const query = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, string> }>>().query;
    const name = this.reflector.get<string>(LIST_NAME, context.getHandler());
    const answer = async (unsorted: ListQuery<object>): Promise<Page<object> | StreamableFile> => {
      const list = query['sort'] ? await sortedBy(this.services.database, unsorted, query['sort']) : unsorted;
      const format = (query['format'] || 'json') as Format;
      if (format !== 'json') return exportList(this.services, list, name, format);
      const limit = Number(query['limit'] ?? 100);
      return pageOf(this.services.database, list, { limit, offset: Number(query['offset'] ?? 0) });
    };
    return next.handle().pipe(mergeMap((list: ListQuery<object>) => from(answer(list))));
  }
}

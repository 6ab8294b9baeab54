import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  changeOperator,
  contractsQuery,
  createContract,
  createOperator,
  endContract,
  findOperator,
  operatorsQuery,
  pointOperatorsQuery,
  type ListQuery,
} from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { EndOnDayDto, PointOperatorDto, PointOperatorListOptions } from '../points/points.dto.js';
import { Services } from '../services.js';
import {
  ChangeOperatorDto,
  ContractDto,
  ContractListOptions,
  CreateContractDto,
  CreateOperatorDto,
  OperatorDto,
} from './operators.dto.js';

@ApiTags('operators')
@Controller()
@Allow(...EVERYONE)
export class OperatorsController {
  constructor(private readonly services: Services) {}

  /** The operators; a clerk sees the own one. */
  @Get('operators')
  @ListOf(OperatorDto, 'operators')
  list(@Query() _: ListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<OperatorDto> {
    return operatorsQuery(scope);
  }

  @Get('operators/:code')
  find(@Param('code') code: string, @CurrentViewer() { scope }: Viewer): Promise<OperatorDto> {
    return findOperator(this.services.database, code, scope);
  }

  @Post('operators')
  @Allow(...OFFICERS)
  async create(@Body() operator: CreateOperatorDto, @CurrentViewer() { actor, scope }: Viewer): Promise<OperatorDto> {
    await this.services.write(actor, (tx) => createOperator(tx, operator));
    return findOperator(this.services.database, operator.code, scope);
  }

  @Patch('operators/:code')
  @Allow(...OFFICERS)
  async change(
    @Param('code') code: string,
    @Body() change: ChangeOperatorDto,
    @CurrentViewer() { actor, scope }: Viewer,
  ): Promise<OperatorDto> {
    await this.services.write(actor, (tx) => changeOperator(tx, code, change));
    return findOperator(this.services.database, code, scope);
  }

  /** Who ran, runs and will run which points, under which contract. */
  @Get('point-operators')
  @ListOf(PointOperatorDto, 'point-operators')
  pointOperators(
    @Query() options: PointOperatorListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<PointOperatorDto> {
    return pointOperatorsQuery(options, scope);
  }

  /** The contracts with operators; a clerk sees the own operator's. */
  @Get('contracts')
  @ListOf(ContractDto, 'contracts')
  contracts(@Query() options: ContractListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<ContractDto> {
    return contractsQuery(options, scope);
  }

  @Post('contracts')
  @Allow(...OFFICERS)
  async createContract(
    @Body() contract: CreateContractDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<{ number: string }> {
    await this.services.write(actor, (tx) => createContract(tx, contract, this.services.clock.now()));
    return { number: contract.number };
  }

  /** Ends a contract. Its terms never change: a new contract follows it. */
  @Post('contracts/:number/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async endContract(
    @Param('number') number: string,
    @Body() { validTo }: EndOnDayDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endContract(tx, number, validTo, this.services.clock.now()));
  }
}

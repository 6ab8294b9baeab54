import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AcquirersController } from './acquirers/acquirers.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { SignIn } from './auth/sign-in.js';
import { TotpController } from './auth/totp.controller.js';
import { DevicesController } from './devices/devices.controller.js';
import { HealthController } from './health/health.controller.js';
import { IncomeController } from './income/income.controller.js';
import { PointsController } from './points/points.controller.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { AttendantsController } from './attendants/attendants.controller.js';
import { DeviceCareController } from './devices/device-care.controller.js';
import { FreeZonesController } from './free-zones/free-zones.controller.js';
import { OperatorsController } from './operators/operators.controller.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { TariffsController } from './tariffs/tariffs.controller.js';
import { UsersController } from './users/users.controller.js';
import { WatchController } from './watch/watch.controller.js';
import { DetectionController } from './detection/detection.controller.js';
import { FieldCountsController } from './detection/field-counts.controller.js';
import { CasesController } from './money/cases.controller.js';
import { MoneyController } from './money/money.controller.js';
import { BankController } from './settlements/bank.controller.js';
import { SettlementsController } from './settlements/settlements.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { RulesController } from './money/rules.controller.js';
import { OperatorMoneyController } from './operators/operator-money.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { HolidaysController } from './holidays/holidays.controller.js';
import { ShiftsController } from './shifts/shifts.controller.js';
import { TargetsController } from './targets/targets.controller.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { JournalExportController } from './devices/journal-export.controller.js';
import { Services } from './services.js';

const CONTROLLERS = [
  ReportsController,
  JournalExportController,
  TargetsController,
  TicketsController,
  HolidaysController,
  ShiftsController,
  OperatorMoneyController,
  RulesController,
  OverviewController,
  DetectionController,
  FieldCountsController,
  AcquirersController,
  CasesController,
  MoneyController,
  SettlementsController,
  BankController,
  WatchController,
  UsersController,
  TariffsController,
  SubscriptionsController,
  OperatorsController,
  FreeZonesController,
  DeviceCareController,
  AttendantsController,
  AuthController,
  TotpController,
  DevicesController,
  HealthController,
  IncomeController,
  PointsController,
  QuarantineController,
];

@Module({})
export class AppModule {
  static with(services: Services): DynamicModule {
    return {
      module: AppModule,
      global: true,
      controllers: CONTROLLERS,
      providers: [{ provide: Services, useValue: services }, SignIn, { provide: APP_GUARD, useClass: AuthGuard }],
      exports: [Services],
    };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthController } from './auth/auth.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { DevicesController } from './devices/devices.controller.js';
import { HealthController } from './health/health.controller.js';
import { IncomeController } from './income/income.controller.js';
import { PointsController } from './points/points.controller.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { Services } from './services.js';

const CONTROLLERS = [
  AuthController,
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
      providers: [
        { provide: Services, useValue: services },
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [Services],
    };
  }
}

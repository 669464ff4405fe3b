-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN "bodyRemovedAt" DATETIME;

-- CreateTable
CREATE TABLE "ScheduledExport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "viewId" TEXT,
    "query" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "pausedWhy" TEXT,
    "nextAt" DATETIME NOT NULL,
    "ownerId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ExportRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "exportId" TEXT NOT NULL,
    "runKey" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "query" TEXT,
    "dueAt" DATETIME NOT NULL,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "tryAt" DATETIME NOT NULL,
    "leaseUntil" DATETIME,
    "rows" INTEGER,
    "bytes" BIGINT,
    "attached" TEXT,
    "responseStatus" INTEGER,
    "words" TEXT,
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);

-- CreateTable
CREATE TABLE "FirstPayment" (
    "accountId" TEXT NOT NULL,
    "subscription" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "subscription")
);

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_testMode_id_idx" ON "WebhookEvent"("endpointId", "testMode", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_testMode_state_id_idx" ON "WebhookEvent"("endpointId", "testMode", "state", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_testMode_type_id_idx" ON "WebhookEvent"("endpointId", "testMode", "type", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_testMode_state_type_id_idx" ON "WebhookEvent"("endpointId", "testMode", "state", "type", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduledExport_name_key" ON "ScheduledExport"("name");

-- CreateIndex
CREATE INDEX "ScheduledExport_status_nextAt_idx" ON "ScheduledExport"("status", "nextAt");

-- CreateIndex
CREATE INDEX "ExportRun_exportId_id_idx" ON "ExportRun"("exportId", "id");

-- CreateIndex
CREATE INDEX "ExportRun_status_tryAt_idx" ON "ExportRun"("status", "tryAt");

-- CreateIndex
CREATE UNIQUE INDEX "ExportRun_exportId_runKey_key" ON "ExportRun"("exportId", "runKey");

-- By hand: events whose body is cleared once it is old enough, oldest first. What waits or failed is not among them.
CREATE INDEX "WebhookEvent_clearable_idx" ON "WebhookEvent"("receivedAt") WHERE "bodyRemovedAt" IS NULL AND "state" IN ('handled', 'ignored', 'refused');

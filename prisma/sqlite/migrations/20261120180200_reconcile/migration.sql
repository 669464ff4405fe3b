-- CreateTable
CREATE TABLE "Reconciliation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stateReason" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "delimiter" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "mapping" TEXT,
    "rowCount" INTEGER NOT NULL DEFAULT 0,
    "chunkCount" INTEGER NOT NULL DEFAULT 0,
    "chunksDone" INTEGER NOT NULL DEFAULT 0,
    "rowsDone" INTEGER NOT NULL DEFAULT 0,
    "lastRow" INTEGER NOT NULL DEFAULT 0,
    "fromAt" DATETIME,
    "toAt" DATETIME,
    "cursor" TEXT,
    "totals" TEXT NOT NULL DEFAULT '[]',
    "tidied" BOOLEAN NOT NULL DEFAULT false,
    "faults" INTEGER NOT NULL DEFAULT 0,
    "createdBy" TEXT,
    "createdByName" TEXT NOT NULL,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ReconciliationChunk" (
    "runId" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "rows" TEXT NOT NULL,

    PRIMARY KEY ("runId", "n")
);

-- CreateTable
CREATE TABLE "ReconciliationRow" (
    "runId" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "line" INTEGER,
    "key" TEXT NOT NULL,
    "refundLine" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT,
    "reason" TEXT NOT NULL,
    "detail" TEXT,
    "amountMinor" BIGINT,
    "currency" TEXT,
    "ourMinor" BIGINT,
    "ourCurrency" TEXT,
    "refundedMinor" BIGINT,
    "occurredAt" DATETIME,
    "conversionId" TEXT,
    "postbackId" TEXT,
    "leadId" TEXT,
    "refundId" TEXT,

    PRIMARY KEY ("runId", "n")
);

-- CreateTable
CREATE TABLE "ReconciliationSeen" (
    "runId" INTEGER NOT NULL,
    "subjectId" TEXT NOT NULL,

    PRIMARY KEY ("runId", "subjectId")
);

-- CreateIndex
CREATE INDEX "Reconciliation_state_id_idx" ON "Reconciliation"("state", "id");

-- CreateIndex
CREATE INDEX "ReconciliationRow_runId_reason_n_idx" ON "ReconciliationRow"("runId", "reason", "n");

-- CreateIndex
CREATE INDEX "ReconciliationRow_runId_key_n_idx" ON "ReconciliationRow"("runId", "key", "n");

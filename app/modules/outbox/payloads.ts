/** What a dispute message carries in its payload. */
export interface DisputePayload {
  networkLeadId: string;
  reason: string;
}

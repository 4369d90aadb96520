from __future__ import annotations

from hunar.agreements.models import AdvisoryRequest, Agreement, Obligation, Party

AgreementState = Agreement.State
ObligationState = Obligation.State
RequestState = AdvisoryRequest.State
Part = Party.Part

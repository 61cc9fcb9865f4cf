/// What the operations of /v1/session, /v1/accounts and /v1/api-keys are, for the document.
#pragma once

#include "api/http/operation.hpp"

namespace docket::http {

Operation LogInOperation();
Operation LogInByCertificateOperation();
Operation ShowSessionOperation();
Operation LogOutOperation();
Operation ChangePasswordOperation();
Operation SignUndertakingOperation();
Operation EnrolSecondFactorOperation();
Operation ConfirmSecondFactorOperation();
Operation ResetPasswordOperation();

Operation ListLoginsOperation();
Operation BindLoginOperation();
Operation RevokeLoginOperation();

Operation ListKeysOperation();
Operation MakeKeyOperation();
Operation RotateKeyOperation();
Operation RevokeKeyOperation();

}  // namespace docket::http
